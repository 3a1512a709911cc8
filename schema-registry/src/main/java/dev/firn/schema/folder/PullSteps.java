package dev.firn.schema.folder;

import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.compare.SchemaChange;
import dev.firn.schema.compare.SchemaChanges;
import dev.firn.schema.folder.PullStep.Action;
import dev.firn.schema.folder.PulledSchema.SubjectKey;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects the steps of a pull: first what is read, then what is left. */
final class PullSteps {

    private final SchemaFolder there;
    private final String pipeline;
    private final Map<SubjectKey, PulledSchema> before = new LinkedHashMap<>();
    private final Map<SubjectKey, PullStep> steps = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    PullSteps(SchemaFolder there, String pipeline) {
        this.there = there;
        this.pipeline = pipeline;
        for (PulledSchema schema : there.schemas()) {
            before.put(schema.key(), schema);
            taken.add(folded(schema.file()));
        }
        taken.add(SchemaFolder.INDEX);
    }

    void read(SchemaUse use, RegisteredSchema newest) throws IOException, SchemaPull.InTheWay {
        SubjectKey key = SchemaPull.key(newest);
        PullStep known = steps.get(key);
        if (known == null) {
            known = step(newest, Optional.ofNullable(before.remove(key)));
        }
        TreeSet<SchemaUse> uses = new TreeSet<>(known.schema().uses());
        uses.add(use);
        steps.put(
                key,
                new PullStep(known.action(), known.schema().readBy(uses), known.was(), known.text(), known.changes()));
    }

    /** All, with what is done to those that nobody reads any more. */
    List<PullStep> all(Action unread) {
        before.forEach((key, schema) -> {
            PulledSchema left = readByOthers(schema);
            Action action = left.uses().isEmpty() ? unread : Action.NOTHING;
            steps.put(key, new PullStep(action, left, Optional.of(left.registration()), Optional.empty(), List.of()));
        });
        return steps.values().stream()
                .sorted(Comparator.comparing(
                                (PullStep step) -> step.schema().registration().subject())
                        .thenComparing(step -> step.schema().file()))
                .toList();
    }

    private PullStep step(RegisteredSchema newest, Optional<PulledSchema> was) throws IOException, SchemaPull.InTheWay {
        Registration registration = newest.registration();
        String file = was.map(PulledSchema::file).orElseGet(() -> FileNames.of(registration, taken));
        taken.add(folded(file));
        String text = PrettyJson.of(newest.definition());
        Optional<String> textBefore = text(there.path().resolve(file));
        boolean same = textBefore.filter(text::equals).isPresent();
        PulledSchema schema = was.map(this::readByOthers)
                .map(others -> new PulledSchema(registration, file, others.uses()))
                .orElseGet(() -> new PulledSchema(registration, file, new TreeSet<>()));
        if (was.isEmpty()) {
            if (textBefore.isPresent() && !same) {
                throw new SchemaPull.InTheWay(there.path().resolve(file));
            }
            return new PullStep(Action.ADD, schema, Optional.empty(), Optional.of(text), List.of());
        }
        boolean nothing = same && was.get().registration().equals(registration);
        return new PullStep(
                nothing ? Action.NOTHING : Action.CHANGE,
                schema,
                was.map(PulledSchema::registration),
                same ? Optional.empty() : Optional.of(text),
                same ? List.of() : textBefore.map(old -> changes(old, text)).orElse(List.of()));
    }

    private PulledSchema readByOthers(PulledSchema schema) {
        TreeSet<SchemaUse> others = new TreeSet<>(schema.uses());
        others.removeIf(use -> use.pipeline().equals(pipeline));
        return schema.readBy(others);
    }

    /** None where one of the two is no Avro, which is no reason not to pull the newer one. */
    private static List<SchemaChange> changes(String older, String newer) {
        try {
            return SchemaChanges.between(AvroSchemas.parse(older), AvroSchemas.parse(newer));
        } catch (AvroSchemas.NotAvro e) {
            return List.of();
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        // What is there need not be UTF-8; then it differs.
        return Files.exists(file)
                ? Optional.of(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String folded(String file) {
        return file.toLowerCase(Locale.ROOT);
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.sink.RollbackTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The versions of a subject on both sides of the one that a table is taken back to, and the field ids that each has in the table. */
final class RollbackVersions {

    private final RollbackTarget to;
    private final TableBindings bindings;

    /** By fingerprint, the newest first. */
    private final Map<String, WriterSchema> upTo = new LinkedHashMap<>();

    /** By fingerprint, the oldest first. */
    private final Map<String, WriterSchema> newer = new LinkedHashMap<>();

    private final Map<String, String> names = new TreeMap<>();

    RollbackVersions(RollbackTarget to, TableBindings bindings) {
        this.to = to;
        this.bindings = bindings;
        for (SchemaLineage lineage : to.lineages()) {
            for (int version = lineage.own(); version >= 0; version--) {
                add(lineage, version, upTo);
            }
        }
        for (SchemaLineage lineage : to.lineages()) {
            for (int version = lineage.own() + 1; version < lineage.versions().size(); version++) {
                add(lineage, version, newer);
            }
        }
        // A version that says again what an older one has said is none that could be held back.
        newer.keySet().removeAll(upTo.keySet());
    }

    private void add(SchemaLineage lineage, int version, Map<String, WriterSchema> side) {
        WriterSchema writer = lineage.versions().get(version);
        String fingerprint = writer.fingerprint();
        side.putIfAbsent(fingerprint, writer);
        names.putIfAbsent(
                fingerprint,
                lineage.number(writer).stream()
                        .mapToObj(Integer::toString)
                        .findFirst()
                        .orElse(fingerprint));
    }

    /** The versions behind it, the oldest first. */
    Map<String, WriterSchema> newer() {
        return newer;
    }

    /** What the registry counts a version as, or its fingerprint. */
    String name(String fingerprint) {
        return names.getOrDefault(fingerprint, fingerprint);
    }

    /** The version itself with where its fields went; as it was written, also where a column has gone since. Empty where no record came. */
    Optional<Map.Entry<WriterSchema, SchemaBinding>> written() {
        return to.lineages().stream()
                .map(SchemaLineage::schema)
                .flatMap(writer -> own(writer).map(binding -> Map.entry(writer, binding)).stream())
                .findFirst();
    }

    /** What the pipeline itself has written a version to. */
    Optional<SchemaBinding> own(WriterSchema writer) {
        return Optional.ofNullable(bindings.texts().get(bindings.property(writer)))
                .flatMap(text -> BindingText.read(writer, text));
    }

    /** The ids that the pipeline has written the newer versions to, by fingerprint; only those that have come. */
    Map<String, Set<Integer>> newerIds() {
        Map<String, Set<Integer>> ids = new LinkedHashMap<>();
        newer.forEach(
                (fingerprint, writer) -> Optional.ofNullable(bindings.texts().get(bindings.property(writer)))
                        .ifPresent(text -> ids.put(fingerprint, BindingText.ids(text))));
        return ids;
    }

    /** The ids that the version and all before it were written to, whoever did; and those of tags, which no version has brought. */
    Set<Integer> keptIds() {
        Set<Integer> ids = new TreeSet<>();
        bindings.texts().forEach((property, text) -> {
            if (upTo.containsKey(TableBindings.fingerprint(property))) {
                ids.addAll(BindingText.ids(text));
            }
            ids.addAll(BindingText.tagIds(text));
        });
        return ids;
    }

    /** The ids that others write to, by who that is: schemas that are no version of the subject, and other pipelines with newer ones. */
    Map<String, Set<Integer>> othersIds() {
        Map<String, Set<Integer>> ids = new TreeMap<>();
        bindings.texts().forEach((property, text) -> {
            String fingerprint = TableBindings.fingerprint(property);
            boolean isOwn = property.equals(TableBindings.property(bindings.pipeline(), fingerprint));
            if (!isOwn && !upTo.containsKey(fingerprint)) {
                ids.computeIfAbsent(
                                "pipeline `" + TableBindings.pipeline(property) + "` writes to it",
                                first -> new TreeSet<>())
                        .addAll(BindingText.ids(text));
            } else if (isOwn && !upTo.containsKey(fingerprint) && !newer.containsKey(fingerprint)) {
                ids.computeIfAbsent(
                                "records of a schema that is no version of `" + to.subject() + "` have it, too",
                                first -> new TreeSet<>())
                        .addAll(BindingText.ids(text));
            }
        });
        return ids;
    }

    /** What a column was called up to the version, by the newest that has it. */
    Optional<String> nameOf(int id) {
        return upTo.values().stream()
                .flatMap(writer -> names(writer, id).stream())
                .findFirst();
    }

    /** Whether it was a newer version that has called a column so. */
    boolean isNamedByNewer(int id, String name) {
        return newer.values().stream().anyMatch(writer -> names(writer, id).contains(name));
    }

    private Set<String> names(WriterSchema writer, int id) {
        Set<String> found = new HashSet<>();
        List<String> texts = new ArrayList<>();
        bindings.texts().forEach((property, text) -> {
            if (TableBindings.fingerprint(property).equals(writer.fingerprint())) {
                texts.add(text);
            }
        });
        for (String text : texts) {
            BindingText.read(writer, text)
                    .ifPresent(binding -> binding.columns().forEach((path, bound) -> {
                        if (bound == id) {
                            found.add(path.substring(path.lastIndexOf('.') + 1));
                        }
                    }));
        }
        return found;
    }
}

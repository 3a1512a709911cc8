package dev.firn.schema.folder;

import dev.firn.schema.folder.PullStep.Action;
import dev.firn.schema.folder.PulledSchema.SubjectKey;
import dev.firn.spi.source.RegisteredSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What a pull makes of a folder: decided first, as a whole, and then written. */
public final class SchemaPull {

    private final Path folder;
    private final Optional<String> indexBefore;
    private final List<PullStep> steps;

    /** What becomes of schemas that nobody reads any more. */
    public enum Unread {
        KEEP,
        REMOVE
    }

    /** A file is in the way that no pull has written. */
    public static final class InTheWay extends Exception {
        private static final long serialVersionUID = 1L;

        InTheWay(Path file) {
            super("`" + file
                    + "` is there, and `firn schema pull` has not written it: move it away, or pull into another"
                    + " folder with `--to`");
        }
    }

    private SchemaPull(Path folder, Optional<String> indexBefore, List<PullStep> steps) {
        this.folder = folder;
        this.indexBefore = indexBefore;
        this.steps = List.copyOf(steps);
    }

    /**
     * @param there the schemas that are in the folder
     * @param newest what the registries have for one pipeline, by who reads it
     */
    public static SchemaPull of(
            SchemaFolder there, String pipeline, SortedMap<SchemaUse, RegisteredSchema> newest, Unread unread)
            throws IOException, InTheWay {
        PullSteps steps = new PullSteps(there, pipeline);
        for (var read : newest.entrySet()) {
            steps.read(read.getKey(), read.getValue());
        }
        Path index = there.path().resolve(SchemaFolder.INDEX);
        return new SchemaPull(
                there.path(),
                Files.exists(index) ? Optional.of(Files.readString(index)) : Optional.empty(),
                steps.all(unread == Unread.REMOVE ? Action.REMOVE : Action.KEEP));
    }

    /** In the order of their subjects. */
    public List<PullStep> steps() {
        return steps;
    }

    /** Whether the folder stays as it is, to the byte. */
    public boolean isNothing() {
        return steps.stream().allMatch(step -> step.text().isEmpty() && step.action() != Action.REMOVE)
                && indexBefore.filter(index()::equals).isPresent()
                && !Files.exists(begun());
    }

    /**
     * Writes what differs. A pull that is cut short leaves whole files and a mark, by which {@link SchemaFolder} knows that they
     * are not all of one time; the next pull ends it.
     */
    public void write() throws IOException {
        if (isNothing()) {
            return;
        }
        Files.createDirectories(folder);
        Files.writeString(begun(), "firn schema pull is writing to this folder, or was cut short while it did\n");
        for (PullStep step : steps) {
            if (step.text().isPresent()) {
                replace(step.schema().file(), step.text().get());
            }
        }
        replace(SchemaFolder.INDEX, index());
        for (PullStep step : steps) {
            if (step.action() == Action.REMOVE) {
                Files.deleteIfExists(folder.resolve(step.schema().file()));
            }
        }
        Files.delete(begun());
    }

    private Path begun() {
        return folder.resolve(SchemaFolder.BEGUN);
    }

    private String index() {
        return IndexJson.write(steps.stream()
                .filter(step -> step.action() != Action.REMOVE)
                .map(PullStep::schema)
                .sorted(Comparator.comparing(PulledSchema::file))
                .toList());
    }

    private void replace(String name, String text) throws IOException {
        // No temporary file of Java's, which nobody else may read.
        Path begun = folder.resolve("." + name + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(begun, text);
            Files.move(
                    begun, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    /** What stays the same from version to version. */
    static SubjectKey key(RegisteredSchema schema) {
        return new SubjectKey(
                schema.registration().registry(), schema.registration().subject());
    }
}

package dev.firn.schema.folder;

import dev.firn.schema.compare.SchemaChange;
import dev.firn.spi.source.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pull does with one schema of the folder.
 *
 * @param schema as the index will have it
 * @param was as the index has it; empty where it does not
 * @param text of its file as it will be; empty where the file is left alone
 * @param changes from the file that is there
 */
public record PullStep(
        Action action,
        PulledSchema schema,
        Optional<Registration> was,
        Optional<String> text,
        List<SchemaChange> changes) {

    public PullStep {
        changes = List.copyOf(changes);
    }

    /** What happens to it. */
    public enum Action {
        ADD,
        CHANGE,
        NOTHING,
        /** Nobody reads it any more, and it stays. */
        KEEP,
        /** Nobody reads it any more, and it goes. */
        REMOVE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

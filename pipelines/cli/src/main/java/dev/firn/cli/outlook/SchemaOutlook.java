package dev.firn.cli.outlook;

import dev.firn.schema.compare.CompatibilityLevel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The answer of {@code firn schema plan}.
 *
 * @param file the pipeline file, with its environment, as a command line has it
 * @param schema the file of the new one
 * @param stream one of the streams of the subject, for the command that is likely next
 * @param version that it would be
 * @param registered the version that it is already, if it is one
 * @param level what the registry asks of a next version; empty where it asks nothing, or does not say it
 * @param compatible whether the schema is that
 */
public record SchemaOutlook(
        String file,
        String schema,
        String subject,
        String stream,
        int version,
        OptionalInt registered,
        Optional<CompatibilityLevel> level,
        boolean compatible,
        List<TableOutlook> tables) {

    public SchemaOutlook {
        tables = List.copyOf(tables);
    }

    /** It can be registered, and every table takes every value. */
    public boolean isGood() {
        return compatible && tables.stream().allMatch(table -> table.fate().losesNothing());
    }
}

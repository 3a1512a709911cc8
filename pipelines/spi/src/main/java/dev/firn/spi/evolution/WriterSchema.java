package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema that records were written with, as columns. Paths are those of {@link ColumnPath}.
 *
 * @param fingerprint tells it from any other schema, whatever registry has it: 16 hex digits over all that is here
 * @param columns those that records come with besides, from their keys or of where they came from, among them
 * @param formerNames what a field says that it was called before, by its path; only where it says so
 * @param symbols of an enum, by its path, in the schema's order
 */
public record WriterSchema(
        String fingerprint,
        TableSchema columns,
        SortedMap<String, List<String>> formerNames,
        SortedMap<String, List<String>> symbols)
        implements Serializable {

    public WriterSchema {
        formerNames = copy(formerNames);
        symbols = copy(symbols);
    }

    private static SortedMap<String, List<String>> copy(SortedMap<String, List<String>> byPath) {
        TreeMap<String, List<String>> copy = new TreeMap<>();
        byPath.forEach((path, names) -> copy.put(path, List.copyOf(names)));
        return Collections.unmodifiableSortedMap(copy);
    }
}

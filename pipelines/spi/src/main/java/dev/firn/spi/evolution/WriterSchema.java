package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A schema that records were written with, as columns. Paths are those of {@link ColumnPath}.
 *
 * @param fingerprint tells it from any other schema, whatever registry has it: 16 hex digits over columns, former names and symbols
 * @param columns those that records come with besides, from their keys or of where they came from, among them
 * @param formerNames what a field says that it was called before, by its path; only where it says so
 * @param symbols of an enum, by its path, in the schema's order
 * @param choices the paths of structs of which a value fills one column, for it has one of several types; a version that has
 *     only one of these types there may go to the same struct
 * @param defaults the paths of fields that have a default other than null, which rows of versions without the field may get
 */
public record WriterSchema(
        String fingerprint,
        TableSchema columns,
        SortedMap<String, List<String>> formerNames,
        SortedMap<String, List<String>> symbols,
        SortedSet<String> choices,
        SortedSet<String> defaults)
        implements Serializable {

    public WriterSchema {
        formerNames = copy(formerNames);
        symbols = copy(symbols);
        choices = Collections.unmodifiableSortedSet(new TreeSet<>(choices));
        defaults = Collections.unmodifiableSortedSet(new TreeSet<>(defaults));
    }

    /** A schema without choices and defaults. */
    public WriterSchema(
            String fingerprint,
            TableSchema columns,
            SortedMap<String, List<String>> formerNames,
            SortedMap<String, List<String>> symbols) {
        this(fingerprint, columns, formerNames, symbols, new TreeSet<>(), new TreeSet<>());
    }

    /** With the fingerprint of all that. */
    public static WriterSchema of(
            TableSchema columns, SortedMap<String, List<String>> formerNames, SortedMap<String, List<String>> symbols) {
        return new WriterSchema(
                SchemaFingerprint.of(columns, copy(formerNames), copy(symbols)), columns, formerNames, symbols);
    }

    /** The same with these choices and defaults, which rows do not depend on. */
    public WriterSchema with(SortedSet<String> choices, SortedSet<String> defaults) {
        return new WriterSchema(fingerprint, columns, formerNames, symbols, choices, defaults);
    }

    /** The paths of all fields, each behind the one that it is in; what a list or a map holds is none by itself. */
    public List<String> fields() {
        return ColumnPath.places(columns).keySet().stream()
                .filter(path -> !path.endsWith(ColumnPath.element("")) && !path.endsWith(ColumnPath.value("")))
                .toList();
    }

    private static SortedMap<String, List<String>> copy(SortedMap<String, List<String>> byPath) {
        TreeMap<String, List<String>> copy = new TreeMap<>();
        byPath.forEach((path, names) -> copy.put(path, List.copyOf(names)));
        return Collections.unmodifiableSortedMap(copy);
    }
}

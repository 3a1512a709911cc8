package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A schema that records were written with, as columns. Paths are those of {@link ColumnPath}.
 *
 * @param fingerprint tells it from any other schema, whatever registry has it: 16 hex digits over columns but tags, former names and
 *     symbols
 * @param columns those that records come with besides, from their keys or of where they came from, among them; tags come last
 * @param formerNames what a field says that it was called before, by its path; only where it says so
 * @param symbols of an enum, by its path, in the schema's order
 * @param choices the paths of structs of which a value fills one column, for it has one of several types; a version that has
 *     only one of these types there may go to the same struct
 * @param defaults the paths of fields that have a default other than null, which rows of versions without the field may get
 * @param tags those columns at the top that no record comes with: the file gives them to rows of all versions. A version is the same
 *     with them and without
 */
public record WriterSchema(
        String fingerprint,
        TableSchema columns,
        SortedMap<String, List<String>> formerNames,
        SortedMap<String, List<String>> symbols,
        SortedSet<String> choices,
        SortedSet<String> defaults,
        SortedSet<String> tags)
        implements Serializable {

    public WriterSchema {
        formerNames = copy(formerNames);
        symbols = copy(symbols);
        choices = Collections.unmodifiableSortedSet(new TreeSet<>(choices));
        defaults = Collections.unmodifiableSortedSet(new TreeSet<>(defaults));
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** A schema without choices, defaults and tags. */
    public WriterSchema(
            String fingerprint,
            TableSchema columns,
            SortedMap<String, List<String>> formerNames,
            SortedMap<String, List<String>> symbols) {
        this(fingerprint, columns, formerNames, symbols, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** With the fingerprint of all that. */
    public static WriterSchema of(
            TableSchema columns, SortedMap<String, List<String>> formerNames, SortedMap<String, List<String>> symbols) {
        return of(columns, formerNames, symbols, new TreeSet<>());
    }

    /** With the fingerprint of all but the tags, which have to be the last columns. */
    public static WriterSchema of(
            TableSchema columns,
            SortedMap<String, List<String>> formerNames,
            SortedMap<String, List<String>> symbols,
            SortedSet<String> tags) {
        String fingerprint = SchemaFingerprint.of(without(columns, tags), copy(formerNames), copy(symbols));
        return new WriterSchema(fingerprint, columns, formerNames, symbols, new TreeSet<>(), new TreeSet<>(), tags);
    }

    private static TableSchema without(TableSchema columns, SortedSet<String> tags) {
        return new TableSchema(columns.columns().stream()
                .filter(column -> !tags.contains(column.name()))
                .toList());
    }

    /** The same with these choices and defaults, which rows do not depend on. */
    public WriterSchema with(SortedSet<String> choices, SortedSet<String> defaults) {
        return new WriterSchema(fingerprint, columns, formerNames, symbols, choices, defaults, tags);
    }

    /** The same, to whoever is not to read the symbols of some columns. */
    public WriterSchema withoutSymbols(Set<String> paths) {
        SortedMap<String, List<String>> rest = new TreeMap<>(symbols);
        rest.keySet().removeAll(paths);
        return new WriterSchema(fingerprint, columns, formerNames, rest, choices, defaults, tags);
    }

    /** What is the record's own. */
    public TableSchema untagged() {
        return without(columns, tags);
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

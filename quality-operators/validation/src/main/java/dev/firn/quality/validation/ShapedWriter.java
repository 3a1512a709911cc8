package dev.firn.quality.validation;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One version of a record, and what it is for its table.
 *
 * @param writer as the producer has it
 */
record ShapedWriter(RowShape shape, WriterSchema writer, FieldNames names, ShapedColumns columns) {

    /** @throws Rejected if no record of that version can be made a row: something can't be computed, or two columns had one name */
    static ShapedWriter of(Shaping shaping, WriterSchema writer, FieldNames.Versions versions) throws Rejected {
        RowShape shape = shaping.shape();
        RecordReads reads = shaping.reads();
        FieldNames names = FieldNames.of(reads.names(), reads.planned(), writer, versions);
        List<Column> seen = new ArrayList<>();
        for (String column : reads.columns()) {
            seen.add(reads.seen(column, names.field(column).flatMap(field -> type(writer, field))));
        }
        Map<String, ColumnType> computed = shaping.computed(new TableSchema(seen));
        ShapedColumns columns = ShapedColumns.of(shape, writer.columns(), names::field, computed);
        Optional<String> clash = columns.clash();
        if (clash.isPresent()) {
            throw new Rejected(
                    RejectCode.SCHEMA_CHANGE_REFUSED,
                    "the record's schema has a field `" + clash.get()
                            + "`, and the file gives that name to another column; change "
                            + (shape.tags().stream().anyMatch(tag -> tag.name().equals(clash.get()))
                                    ? "the name of the field"
                                    : "`rename`")
                            + ", then put its"
                            + " records back with `firn replay`");
        }
        return new ShapedWriter(shape, writer, names, columns);
    }

    static Optional<ColumnType> type(WriterSchema writer, String field) {
        return writer.columns().column(field).map(Column::type);
    }

    /** What evolution is told: columns that are left out are not there, others have the names and types that the table has for them. */
    WriterSchema schema() {
        Map<String, String> named = new HashMap<>();
        columns.targets().stream()
                .filter(target -> !target.isComputed())
                .forEach(target -> named.put(target.source(), target.column().name()));
        Paths paths = new Paths(named, writer.columns());
        SortedMap<String, List<String>> former = new TreeMap<>();
        writer.formerNames().forEach((path, names) -> paths.inTable(path).ifPresent(there -> {
            List<String> was = named.containsKey(path) ? formerInTable(there, names) : names;
            if (!was.isEmpty()) {
                former.put(there, was);
            }
        }));
        SortedMap<String, List<String>> symbols = new TreeMap<>();
        writer.symbols().forEach((path, some) -> paths.inTable(path).ifPresent(there -> symbols.put(there, some)));
        return WriterSchema.of(columns.schema(), former, symbols, shape.tagNames())
                .with(paths.all(writer.choices()), paths.all(writer.defaults()));
    }

    /** What a former name would be called in the table; none where the file takes that column away. */
    private List<String> formerInTable(String now, List<String> names) {
        return names.stream()
                .filter(name -> !shape.drop().contains(name)
                        && shape.set().stream().noneMatch(one -> one.column().equals(name)))
                .map(shape::nameInTable)
                .filter(name -> !name.equals(now))
                .distinct()
                .toList();
    }

    /**
     * Paths of a record under the names of its table.
     *
     * @param named the columns of fields, by the fields' names
     */
    private record Paths(Map<String, String> named, TableSchema record) {

        /** Empty where the table does not take it. */
        Optional<String> inTable(String path) {
            return field(path, record).flatMap(field -> Optional.ofNullable(named.get(field))
                    .map(name -> name + path.substring(field.length())));
        }

        SortedSet<String> all(Collection<String> paths) {
            return paths.stream()
                    .map(this::inTable)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The column that a path is in. A name may have dots, so the longest that fits counts. */
    static Optional<String> field(String path, TableSchema columns) {
        return columns.columns().stream()
                .map(Column::name)
                .filter(name ->
                        path.equals(name) || (path.startsWith(name) && ".[{".indexOf(path.charAt(name.length())) >= 0))
                .max(Comparator.comparingInt(String::length));
    }
}

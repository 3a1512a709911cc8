package dev.firn.spi.rule;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the file makes of a record's columns before they are a table's. All names but the new ones are the record's.
 *
 * @param set in the file's order; each reads the record as it came, so none sees what another makes
 * @param drop what no column of the table takes
 * @param rename in the file's order
 * @param tags columns that come last and that whoever judges the row fills; until then they are null
 * @param columns those of the record as it was planned: what its newest version has
 */
public record RowShape(
        List<Computed> set, List<String> drop, List<Renamed> rename, List<Column> tags, TableSchema columns)
        implements Serializable {

    /** Records go into tables as they are. */
    public static final RowShape NONE = new RowShape(List.of(), List.of(), List.of(), new TableSchema(List.of()));

    public RowShape {
        set = List.copyOf(set);
        drop = List.copyOf(drop);
        rename = List.copyOf(rename);
        tags = List.copyOf(tags);
    }

    /** Of rows that nobody tags. */
    public RowShape(List<Computed> set, List<String> drop, List<Renamed> rename, TableSchema columns) {
        this(set, drop, rename, List.of(), columns);
    }

    /**
     * A column that is computed, in the place of the record's own of that name, or behind all others.
     *
     * @param expression in SQL, over the record's columns
     */
    public record Computed(String column, String expression) implements Serializable {}

    /** A column whose name in the table is another. */
    public record Renamed(String from, String to) implements Serializable {}

    public boolean isEmpty() {
        return set.isEmpty() && drop.isEmpty() && rename.isEmpty() && tags.isEmpty();
    }

    public SortedSet<String> tagNames() {
        return tags.stream().map(Column::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the table calls a column of the record. */
    public String nameInTable(String column) {
        return rename.stream()
                .filter(one -> one.from().equals(column))
                .findFirst()
                .map(Renamed::to)
                .orElse(column);
    }
}

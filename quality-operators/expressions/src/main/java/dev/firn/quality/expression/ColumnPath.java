package dev.firn.quality.expression;

import java.util.List;

/** A column, or a field within structs: {@code customer.address.city}. */
public record ColumnPath(List<String> names) implements Comparable<ColumnPath> {

    public ColumnPath {
        names = List.copyOf(names);
    }

    /** The table's column that it is in. */
    public String column() {
        return names.get(0);
    }

    @Override
    public int compareTo(ColumnPath other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}

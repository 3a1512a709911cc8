package dev.firn.spi.schema;

import java.io.Serializable;
import java.util.List;

/** A table's full name: one or more namespace levels and the table, separated by dots. */
public record TableName(String full) implements Serializable, Comparable<TableName> {

    public TableName {
        int dot = full.lastIndexOf('.');
        if (dot < 1 || dot == full.length() - 1) {
            throw new IllegalStateException("our bug: a table name without a namespace: " + full);
        }
    }

    public List<String> namespace() {
        return List.of(full.substring(0, full.lastIndexOf('.')).split("\\.", -1));
    }

    public String table() {
        return full.substring(full.lastIndexOf('.') + 1);
    }

    @Override
    public int compareTo(TableName other) {
        return full.compareTo(other.full);
    }

    @Override
    public String toString() {
        return full;
    }
}

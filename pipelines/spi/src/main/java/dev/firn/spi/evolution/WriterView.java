package dev.firn.spi.evolution;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table as the records of one writer's schema see it: its columns in their places, each under the name that the writer has for
 * it. So an old record's {@code a} finds the column that is called {@code b} by now, and a newer column {@code a} does not.
 *
 * <pre>
 *   table          id   b   a
 *   as version 1   id   a   \0a        no field has such a name
 * </pre>
 *
 * @param columns those of the table, in its order
 * @param leftOut paths of the writer's fields that no column takes, as somebody decided
 * @param table the same columns under the names that the table has for them
 */
public record WriterView(TableSchema columns, Set<String> leftOut, TableSchema table) {

    /** What no name of a field begins with. */
    private static final String LACKING = "\0";

    public WriterView {
        leftOut = Set.copyOf(leftOut);
    }

    /** Of a table whose names are the writer's. */
    public WriterView(TableSchema columns, Set<String> leftOut) {
        this(columns, leftOut, columns);
    }

    /**
     * @param table as its columns are named now; it may lack some, where only the others are to be read
     * @param columns the column of each of the writer's fields, both by their paths; a field that is not in it is left out
     */
    public static WriterView of(TableSchema table, WriterSchema writer, Map<String, String> columns) {
        Map<String, String> fields = new HashMap<>();
        columns.forEach((field, column) -> {
            if (fields.put(column, field) != null) {
                throw new IllegalStateException("our bug: two fields go to the column `" + column + "`");
            }
        });
        Set<String> leftOut = new TreeSet<>(writer.fields());
        leftOut.removeAll(columns.keySet());
        return new WriterView(
                new TableSchema(
                        new Naming(fields, ColumnPath.places(writer.columns())).columns("", "", table.columns())),
                leftOut,
                table);
    }

    /** The name of a column that the writer lacks. */
    public static String lacking(String column) {
        return isLacking(column) ? column : LACKING + column;
    }

    /** What the table calls a column that the writer lacks; any other name as it is. */
    public static String nameOf(String column) {
        return isLacking(column) ? column.substring(LACKING.length()) : column;
    }

    /** Whether a column of a view is one that the writer lacks. */
    public static boolean isLacking(String column) {
        return column.startsWith(LACKING);
    }

    /**
     * @param fields the writer's paths by those of the columns
     * @param written what the writer has at its paths
     */
    private record Naming(Map<String, String> fields, Map<String, ColumnPath.Place> written) {

        private List<Column> columns(String place, String writer, List<Column> columns) {
            List<Column> named = new ArrayList<>();
            for (Column column : columns) {
                String path = ColumnPath.child(place, column.name());
                String field = fields.get(path);
                named.add(
                        field == null
                                ? lacks(column)
                                : new Column(
                                        last(writer, field, path),
                                        type(path, field, column.type()),
                                        column.nullability()));
            }
            return named;
        }

        private ColumnType type(String place, String writer, ColumnType type) {
            if (type instanceof ColumnType.Struct struct) {
                ColumnPath.Place own = written.get(writer);
                // One of several types: which of the columns takes it is not the names' affair.
                return own != null && !(own.type() instanceof ColumnType.Struct)
                        ? struct
                        : new ColumnType.Struct(columns(place, writer, struct.columns()));
            }
            if (type instanceof ColumnType.ListOf list) {
                return new ColumnType.ListOf(
                        type(ColumnPath.element(place), ColumnPath.element(writer), list.element()), list.elements());
            }
            if (type instanceof ColumnType.MapOf map) {
                return new ColumnType.MapOf(
                        type(ColumnPath.value(place), ColumnPath.value(writer), map.value()), map.values());
            }
            return type;
        }

        /** The field's own name; it may have dots, so what it is in says where that begins. */
        private static String last(String parent, String field, String column) {
            String before = parent.isEmpty() ? "" : parent + ".";
            if (!field.startsWith(before)) {
                throw new IllegalStateException(
                        "our bug: `" + field + "` goes to `" + column + "`, which is in another record");
            }
            return field.substring(before.length());
        }

        private static Column lacks(Column column) {
            return new Column(lacking(column.name()), lacks(column.type()), column.nullability());
        }

        private static ColumnType lacks(ColumnType type) {
            if (type instanceof ColumnType.Struct struct) {
                return new ColumnType.Struct(
                        struct.columns().stream().map(Naming::lacks).toList());
            }
            if (type instanceof ColumnType.ListOf list) {
                return new ColumnType.ListOf(lacks(list.element()), list.elements());
            }
            return type instanceof ColumnType.MapOf map ? new ColumnType.MapOf(lacks(map.value()), map.values()) : type;
        }
    }
}

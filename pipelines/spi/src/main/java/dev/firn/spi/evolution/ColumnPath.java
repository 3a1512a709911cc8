package dev.firn.spi.evolution;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Places in a schema: names with dots between, {@code []} behind a list for its elements, {@code {}} behind a map for its
 * values. A map's keys are no place of their own: they are text, and stay it.
 */
public final class ColumnPath {

    /** What can't stand in a name, and so ends one in a path. */
    private static final String ELEMENT = "[]";

    private static final String VALUE = "{}";

    private ColumnPath() {}

    public static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public static String element(String path) {
        return path + ELEMENT;
    }

    public static String value(String path) {
        return path + VALUE;
    }

    /** What stands at a place. */
    public record Place(ColumnType type, Nullability nullability) {
        public boolean isOptional() {
            return nullability == Nullability.OPTIONAL;
        }
    }

    /** Every place of a schema, each behind the one that it is in. */
    public static Map<String, Place> places(TableSchema schema) {
        Map<String, Place> places = new LinkedHashMap<>();
        addAll(places, "", schema.columns());
        return places;
    }

    private static void addAll(Map<String, Place> places, String path, List<Column> columns) {
        for (Column column : columns) {
            add(places, child(path, column.name()), column.type(), column.nullability());
        }
    }

    private static void add(Map<String, Place> places, String path, ColumnType type, Nullability nullability) {
        places.put(path, new Place(type, nullability));
        if (type instanceof ColumnType.Struct struct) {
            addAll(places, path, struct.columns());
        } else if (type instanceof ColumnType.ListOf list) {
            add(places, element(path), list.element(), list.elements());
        } else if (type instanceof ColumnType.MapOf map) {
            add(places, value(path), map.value(), map.values());
        }
    }
}

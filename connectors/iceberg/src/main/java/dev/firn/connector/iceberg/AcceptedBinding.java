package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/** Turns the columns of a verdict, which it calls by their paths, into a binding by ids, once the table has them all. */
final class AcceptedBinding {

    private static final String ELEMENT = ColumnPath.element("");
    private static final String VALUE = ColumnPath.value("");

    private AcceptedBinding() {}

    /**
     * @param columns the path of each field's column; a list's elements and a map's values go with it, whether they are named or not
     * @throws IllegalStateException if a column is not there, or not of the field's shape
     */
    static SchemaBinding of(WriterSchema writer, Map<String, String> columns, Schema table) {
        Map<String, Integer> ids = PlaceIds.of(table);
        SortedMap<String, String> all = new TreeMap<>(columns);
        SortedMap<String, Integer> bound = new TreeMap<>();
        for (String path : ColumnPath.places(writer.columns()).keySet()) {
            String column = all.containsKey(path) ? all.get(path) : inside(path, all);
            if (column == null || (!columns.containsKey(path) && !ids.containsKey(column))) {
                continue;
            }
            all.put(path, column);
            Integer id = ids.get(column);
            if (id == null) {
                throw new IllegalStateException(
                        "our bug: `" + path + "` is to go to `" + column + "`, which is no column");
            }
            bound.put(path, id);
        }
        SchemaBinding binding = new SchemaBinding(bound);
        Optional<BoundFields> laid = BoundFields.of(writer, binding, table);
        if (laid.isEmpty()) {
            throw new IllegalStateException("our bug: fields are to go where they do not fit: " + columns);
        }
        return binding;
    }

    private static @Nullable String inside(String path, Map<String, String> columns) {
        for (String place : new String[] {ELEMENT, VALUE}) {
            if (path.endsWith(place)) {
                String around = columns.get(path.substring(0, path.length() - place.length()));
                return around == null ? null : around + place;
            }
        }
        return null;
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.ColumnPath;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The field ids of all places of a table, by the paths of {@link ColumnPath}; a map's keys are no place. */
final class PlaceIds {

    private final SortedMap<String, Integer> ids = new TreeMap<>();

    private PlaceIds() {}

    static SortedMap<String, Integer> of(Schema schema) {
        PlaceIds places = new PlaceIds();
        places.addFields("", schema.asStruct());
        return Collections.unmodifiableSortedMap(places.ids);
    }

    private void addFields(String path, Types.StructType struct) {
        for (Types.NestedField field : struct.fields()) {
            add(ColumnPath.child(path, field.name()), field.fieldId(), field.type());
        }
    }

    private void add(String path, int id, Type type) {
        ids.put(path, id);
        if (type.isStructType()) {
            addFields(path, type.asStructType());
        } else if (type.isListType()) {
            Types.ListType list = type.asListType();
            add(ColumnPath.element(path), list.elementId(), list.elementType());
        } else if (type.isMapType()) {
            Types.MapType map = type.asMapType();
            add(ColumnPath.value(path), map.valueId(), map.valueType());
        }
    }
}

package dev.firn.schema.avro;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The columns of one struct and which of them the writer fills. */
final class Places {

    private final String path;
    private final Misfits misfits;
    private final Map<String, Place> open = new LinkedHashMap<>();

    Places(String path, ColumnType.Struct struct, Misfits misfits) {
        this.path = path;
        this.misfits = misfits;
        for (Column column : struct.columns()) {
            open.put(column.name(), new Place(column, open.size()));
        }
    }

    /** A column and its position in the struct. */
    record Place(Column column, int position) {}

    /** The column of that name; empty and a misfit if there is none. */
    Optional<Place> take(String name, ColumnType writer) {
        Optional<Place> place = Optional.ofNullable(open.remove(name));
        if (place.isEmpty()) {
            misfits.noColumn(ColumnMapping.child(path, name), writer);
        }
        return place;
    }

    /** Complains of every required column that nobody has taken. */
    void requireNoOther() {
        open.values().forEach(this::require);
    }

    private void require(Place place) {
        if (!place.column().isOptional()) {
            misfits.noField(ColumnMapping.child(path, place.column().name()));
        }
    }
}

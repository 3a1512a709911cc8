package dev.firn.schema.binding;

import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of one struct and which of them the writer fills. */
public final class Places {

    private final String path;
    private final Misfits misfits;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Place> open = new LinkedHashMap<>();

    public Places(String path, ColumnType.Struct struct, Misfits misfits) {
        this.path = path;
        this.misfits = misfits;
        for (Column column : struct.columns()) {
            names.add(column.name());
            open.put(column.name(), new Place(column, open.size()));
        }
    }

    /** A column and its position in the struct. */
    public record Place(Column column, int position) {}

    /** The column of that name; empty and a misfit if there is none. */
    public Optional<Place> take(String name, ColumnType writer) {
        Optional<Place> place = Optional.ofNullable(open.remove(name));
        if (place.isEmpty()) {
            misfits.noColumn(FieldPath.child(path, WriterView.nameOf(name)), writer);
        }
        return place;
    }

    /** The column of that name, if nobody has taken it. */
    public Optional<Place> find(String name) {
        return Optional.ofNullable(open.get(name));
    }

    /** Whether the struct has a column of that name, taken or not. */
    public boolean has(String name) {
        return names.contains(name);
    }

    /** The same of a column that several may fill, one at a time. */
    public Optional<Place> share(String name, ColumnType writer) {
        Optional<Place> place = Optional.ofNullable(open.get(name));
        if (place.isEmpty()) {
            misfits.noColumn(FieldPath.child(path, WriterView.nameOf(name)), writer);
        }
        return place;
    }

    /** The columns that nobody has taken yet. */
    public List<Place> open() {
        return List.copyOf(open.values());
    }

    /** Somebody has something for the column. */
    public void take(Place place) {
        open.remove(place.column().name());
    }

    /** Complains of every required column that nobody has taken. */
    public void requireNoOther() {
        open.values().forEach(this::require);
    }

    private void require(Place place) {
        if (!place.column().isOptional()) {
            misfits.noField(
                    FieldPath.child(path, WriterView.nameOf(place.column().name())));
        }
    }
}

package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import java.util.ArrayList;
import java.util.List;

/** A field, or what is in a list or a map, and its column. */
record Pair(String path, Track track, ColumnPath.Place field, TableColumns.Node column) {

    /** All that the schema has and the table has too, in the schema's order. */
    static List<Pair> all(Comparison comparison) {
        List<Pair> pairs = new ArrayList<>();
        comparison.own().forEach((path, track) -> comparison
                .column(track)
                .ifPresent(column -> pairs.add(new Pair(path, track, field(comparison, path), column))));
        return pairs;
    }

    private static ColumnPath.Place field(Comparison comparison, String path) {
        ColumnPath.Place place = comparison.places().get(path);
        if (place == null) {
            throw new IllegalStateException("our bug: nothing stands at " + path);
        }
        return place;
    }
}

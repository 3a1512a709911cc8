package dev.firn.spi.evolution;

import dev.firn.spi.schema.TableSchema;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table as far as schemas go.
 *
 * @param columns as they are named now
 * @param ids of the columns and of all places inside them, by their paths as they are named now
 * @param bindings of those versions of the lineage that is judged which the table was written with, by their fingerprints: the
 *     pipeline's own, else another pipeline's
 */
public record TableState(
        TableSchema columns, SortedMap<String, Integer> ids, SortedMap<String, SchemaBinding> bindings) {

    public TableState {
        ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
        bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    }

    public TableState(TableSchema columns, Map<String, Integer> ids, Map<String, SchemaBinding> bindings) {
        this(columns, new TreeMap<>(ids), new TreeMap<>(bindings));
    }
}

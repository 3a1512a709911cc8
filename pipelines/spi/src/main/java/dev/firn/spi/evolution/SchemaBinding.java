package dev.firn.spi.evolution;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which column of a table each field of a writer's schema goes to: the column's id, which stays when it is renamed, by the
 * field's path. A field that is not in it is left out of rows, as somebody decided.
 */
public record SchemaBinding(SortedMap<String, Integer> columns) implements Serializable {

    public SchemaBinding {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }
}

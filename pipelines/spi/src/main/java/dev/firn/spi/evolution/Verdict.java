package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be done so that rows of a writer's schema can go to a table. */
public sealed interface Verdict {

    /** Every change, in the order of the writer's schema. */
    List<Decided> decided();

    /**
     * They can, once the table was edited; nothing may be left to edit.
     *
     * @param columns the column of each field, both by their paths, the column's as it is when all edits are made; a
     *     field that is not in it is left out
     */
    record Accepted(List<TableEdit> edits, SortedMap<String, String> columns, List<Decided> decided)
            implements Verdict {
        public Accepted {
            edits = List.copyOf(edits);
            columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
            decided = List.copyOf(decided);
        }
    }

    /**
     * They can't, and the table stays as it is.
     *
     * @param decision the gravest of those that keep them from it
     */
    record Refused(Decision decision, List<Decided> decided) implements Verdict {
        public Refused {
            decided = List.copyOf(decided);
        }
    }
}

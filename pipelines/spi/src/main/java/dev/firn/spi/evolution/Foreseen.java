package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.schema.TableSchema;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What becomes of a table when the first record of a schema comes. */
public sealed interface Foreseen {

    /** Every change, in the order of the writer's schema. */
    List<Decided> decided();

    /**
     * Its rows are written.
     *
     * @param columns those of the table then
     * @param view the same as the schema names them
     */
    record Takes(TableSchema columns, WriterView view, List<Decided> decided) implements Foreseen {
        public Takes {
            decided = List.copyOf(decided);
        }

        /** The paths of fields whose values no column takes, as somebody decided. */
        public SortedSet<String> leftOut() {
            return Collections.unmodifiableSortedSet(new TreeSet<>(view.leftOut()));
        }
    }

    /**
     * They are not, and the table stays as it is.
     *
     * @param decision the gravest of those that keep them from it
     * @param reason what a record in quarantine would say
     * @param decided none where the table was taken back from that schema
     */
    record Refuses(Decision decision, String reason, List<Decided> decided) implements Foreseen {
        public Refuses {
            decided = List.copyOf(decided);
        }
    }
}

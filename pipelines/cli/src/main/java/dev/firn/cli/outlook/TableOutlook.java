package dev.firn.cli.outlook;

import dev.firn.spi.schema.Column;
import java.util.List;

/**
 * What becomes of one table.
 *
 * @param table its name; of tables that come to exist while the job runs, their template
 * @param streams what the records come from, sorted
 * @param leftOut fields whose values no column takes
 * @param reason why records do not go to the table, where that is no decision about one of the changes; empty else
 * @param columns of the table when it has been done; none where records do not go to it
 */
public record TableOutlook(
        String table,
        List<String> streams,
        Fate fate,
        List<ChangeLine> changes,
        List<String> leftOut,
        String reason,
        List<Column> columns) {

    /** From the best to the worst. */
    public enum Fate {
        /** It is not there, and is created with the columns. */
        CREATED("created"),
        /** Tables that values name come to exist with the columns. */
        CREATED_LATER("created-later"),
        /** Every value has a column already. */
        UNCHANGED("unchanged"),
        /** It changes, and every value has a column. */
        CHANGED("changed"),
        /** Rows are written without some of their values. */
        LEAVES_OUT("leaves-out"),
        QUARANTINES("quarantines"),
        PAUSES("pauses"),
        ENDS_THE_JOB("ends-the-job");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Whether each value of each record comes to stand in the table. */
        boolean losesNothing() {
            return compareTo(LEAVES_OUT) < 0;
        }

        boolean refuses() {
            return compareTo(LEAVES_OUT) > 0;
        }
    }

    public TableOutlook {
        streams = List.copyOf(streams);
        changes = List.copyOf(changes);
        leftOut = List.copyOf(leftOut);
        columns = List.copyOf(columns);
    }
}

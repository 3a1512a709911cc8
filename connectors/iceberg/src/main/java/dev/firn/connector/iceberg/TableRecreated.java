package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;

/** Rows were written for a table that has been dropped, and another one has its name now. */
public final class TableRecreated extends CommitRefused {

    private static final long serialVersionUID = 1L;

    /**
     * Whose rows they are.
     *
     * @param first epoch that has some, and the {@code last}
     * @param then the uuid of the table that they were written for
     */
    record Stranded(long first, long last, long records, String then) {

        private String words() {
            String epochs = first == last ? "of epoch " + first : "of the epochs " + first + " to " + last;
            return records + (records == 1 ? " row " : " rows ") + epochs + (records == 1 ? " was" : " were");
        }
    }

    TableRecreated(TableName table, Stranded stranded, String now, String property) {
        super("table `" + table + "` was dropped and made anew: " + stranded.words() + " written for `"
                + stranded.then() + "`, and the table of that name is `" + now
                + "` now; bring back the table that was dropped, or, if those rows are to stay away, set the property `"
                + property + "` of the new one to `" + stranded.last() + "`");
    }
}

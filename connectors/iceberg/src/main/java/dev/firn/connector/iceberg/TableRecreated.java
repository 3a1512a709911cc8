package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;

/** Rows were written for a table that has been dropped, and another one has its name now. */
public final class TableRecreated extends CommitRefused {

    private static final long serialVersionUID = 1L;

    TableRecreated(TableName table, long epoch, String then, String now) {
        super("table `" + table + "` was dropped and made anew: the rows of epoch " + epoch + " were written for `"
                + then + "`, and the table of that name is `" + now + "` now");
    }
}

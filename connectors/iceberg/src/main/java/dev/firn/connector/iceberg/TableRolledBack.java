package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;

/** The snapshot of the pipeline's last commit is no ancestor of the table's head any more. */
public final class TableRolledBack extends CommitRefused {

    private static final long serialVersionUID = 1L;

    TableRolledBack(TableName table, String property, EpochMark mark) {
        super("table `" + table + "` was rolled back: epoch " + mark.epoch() + " was committed as snapshot `"
                + mark.snapshot() + "`, which is not among the ancestors of the table's current snapshot; set the table"
                + " to that snapshot again, or, if its rows are to stay away, remove the table property `" + property
                + "`");
    }
}

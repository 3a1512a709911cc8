package dev.firn.connector.iceberg;

import dev.firn.spi.record.Split;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * All that rows of a quarantine are told apart by, but for the position: a pipeline's run sends a record to quarantine once for each table
 * that does not get it.
 *
 * @param table null where no table was found
 */
record QuarantineKey(String pipeline, long run, Split split, @Nullable String table) {

    /** Of a row of the quarantine, or of the table of what was put back: both have these columns. */
    static QuarantineKey of(Record row) {
        return new QuarantineKey(
                (String) row.getField(QuarantineTable.PIPELINE),
                (Long) row.getField("run"),
                new Split(
                        (String) row.getField("source"),
                        (String) row.getField(QuarantineTable.STREAM),
                        (Integer) row.getField("partition"),
                        (String) row.getField("incarnation")),
                (String) row.getField(QuarantineTable.TABLE_NAME));
    }
}

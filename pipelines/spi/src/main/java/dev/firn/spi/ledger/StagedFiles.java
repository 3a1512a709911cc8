package dev.firn.spi.ledger;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/**
 * Files of one table that are complete and wait for their commit.
 *
 * @param incarnation the table's uuid when they were written
 * @param pointer the sink's own bytes, for Iceberg an encoded manifest file
 * @param files of rows and of deletes
 * @param records rows in them
 * @param bytes the files' size
 */
public record StagedFiles(TableName table, String incarnation, byte[] pointer, int files, long records, long bytes)
        implements Serializable {

    /** Whether the table is to be another with them: there are none of rows or of deletes where a table is only to be taken back. */
    public boolean changeRows() {
        return files > 0;
    }
}

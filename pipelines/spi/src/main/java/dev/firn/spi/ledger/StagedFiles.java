package dev.firn.spi.ledger;

import dev.firn.spi.schema.TableName;
import java.io.Serializable;

/**
 * Files of one table that are complete and wait for their commit.
 *
 * @param incarnation the table's uuid when they were written
 * @param pointer the sink's own bytes, for Iceberg an encoded manifest file
 * @param bytes the files' size
 */
public record StagedFiles(TableName table, String incarnation, byte[] pointer, int files, long records, long bytes)
        implements Serializable {}

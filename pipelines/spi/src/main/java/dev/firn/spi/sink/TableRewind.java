package dev.firn.spi.sink;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The way back of one table to what it was behind an epoch.
 *
 * @param snapshot to go back to; empty where the table had none, and is emptied
 * @param snapshots how many of the pipeline's own are taken back
 * @param rows that those have added
 * @param others snapshots of others among them that have changed rows
 * @param obstacle why it can't be done
 * @param nearest the first epoch from there on that the table can be taken back to
 * @param staged what a rewind's epoch holds for the table
 */
public record TableRewind(
        TableName table,
        OptionalLong snapshot,
        int snapshots,
        long rows,
        List<ForeignSnapshot> others,
        Optional<String> obstacle,
        long nearest,
        StagedFiles staged) {

    public TableRewind {
        others = List.copyOf(others);
    }
}

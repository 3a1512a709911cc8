package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.Map;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateProperties;

/**
 * The ledger's own table properties: who may append, and what was appended last.
 *
 * @param run the newest run that has claimed the ledger; 0 before the first
 * @param claim what the newest run's claim called itself; empty before the first
 * @param epoch the last epoch in the ledger; 0 before the first
 * @param settled the last epoch's {@code settled_through}
 * @param epochDigest of the last epoch; empty before the first
 * @param version of the ledger's columns
 */
record LedgerMarks(long run, String claim, long epoch, long settled, String epochDigest, int version) {

    private static final String RUN = "firn.run";
    private static final String CLAIM = "firn.run-claim";
    private static final String EPOCH = "firn.epoch";
    private static final String SETTLED = "firn.settled-through";
    private static final String UPKEEP = "firn.upkeep";
    private static final String DIGEST = "firn.epoch-digest";

    static LedgerMarks of(TableMetadata metadata) {
        Map<String, String> properties = metadata.properties();
        return new LedgerMarks(
                Long.parseLong(properties.getOrDefault(RUN, "0")),
                properties.getOrDefault(CLAIM, ""),
                Long.parseLong(properties.getOrDefault(EPOCH, "0")),
                Long.parseLong(properties.getOrDefault(SETTLED, "0")),
                properties.getOrDefault(DIGEST, ""),
                Integer.parseInt(properties.getOrDefault(LedgerTable.VERSION_PROPERTY, "1")));
    }

    static UpdateProperties claim(UpdateProperties update, long run, String claim) {
        return update.set(RUN, Long.toString(run)).set(CLAIM, claim);
    }

    static UpdateProperties append(UpdateProperties update, Epoch epoch, long settledThrough) {
        return update.set(EPOCH, Long.toString(epoch.number()))
                .set(SETTLED, Long.toString(settledThrough))
                .set(DIGEST, EpochDigest.of(epoch));
    }

    static UpdateProperties upkeep(UpdateProperties update, String mark) {
        return update.set(UPKEEP, mark);
    }

    static boolean hasUpkeep(TableMetadata metadata, String mark) {
        return mark.equals(metadata.properties().get(UPKEEP));
    }

    /** What a later Firn has written may mean something that this one does not know. */
    LedgerMarks readable(TableName ledger) {
        if (version > LedgerTable.VERSION) {
            throw new OutsideException("the ledger `" + ledger + "` was written by a later Firn: it is of version "
                    + version + ", and this Firn reads up to version " + LedgerTable.VERSION);
        }
        return this;
    }

    /** Only the newest run may write on. */
    void requireNewest(TableName ledger, long mine) {
        if (run > mine) {
            throw new Ledger.RunSuperseded(mine, run);
        }
        if (run < mine) {
            throw LedgerReplaced.under(ledger, mine, run);
        }
    }
}

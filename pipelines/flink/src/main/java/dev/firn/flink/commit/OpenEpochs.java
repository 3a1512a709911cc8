package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which epochs are in the ledger but not yet in all their tables; thread-safe. */
final class OpenEpochs {

    private final TreeMap<Long, Set<TableName>> outstanding = new TreeMap<>();
    private long last;

    OpenEpochs(LedgerState known) {
        // What the ledger does not name as open is settled; to forget that would open all its epochs again.
        this.last = known.lastEpoch();
        known.open().forEach(this::opened);
    }

    /** The epoch is in the ledger. */
    synchronized void opened(Epoch epoch) {
        last = Math.max(last, epoch.number());
        Set<TableName> tables = new HashSet<>(byTable(epoch).keySet());
        if (!tables.isEmpty()) {
            outstanding.put(epoch.number(), tables);
        }
    }

    synchronized void landed(TableName table, List<StagedEpoch> epochs) {
        for (StagedEpoch epoch : epochs) {
            Set<TableName> tables = outstanding.get(epoch.epoch());
            if (tables != null && tables.remove(table) && tables.isEmpty()) {
                outstanding.remove(epoch.epoch());
            }
        }
    }

    /** All epochs up to this one are in all their tables. */
    synchronized long settledThrough() {
        return outstanding.isEmpty() ? last : outstanding.firstKey() - 1;
    }

    /** What an epoch staged, for each table that has rows in it. */
    static Map<TableName, StagedEpoch> byTable(Epoch epoch) {
        Map<TableName, List<StagedFiles>> files = new TreeMap<>();
        for (StagedFiles staged : epoch.staged()) {
            files.computeIfAbsent(staged.table(), table -> new ArrayList<>()).add(staged);
        }
        Map<TableName, StagedEpoch> epochs = new TreeMap<>();
        files.forEach((table, staged) -> epochs.put(table, new StagedEpoch(epoch.run(), epoch.number(), staged)));
        return epochs;
    }
}

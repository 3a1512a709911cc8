package dev.firn.flink.commit;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far each table is behind the ledger; thread-safe. Epochs of a table land in order, so two numbers a table are enough,
 * however long it is held.
 */
final class OpenEpochs {

    /** All of a table's epochs up to {@code settled} are in it; the last that it has rows in is {@code last}. */
    private record Behind(long settled, long last) {}

    private final Map<TableName, Behind> behind = new HashMap<>();
    private final Set<TableName> detached = new HashSet<>();
    private long last;

    OpenEpochs(LedgerState known) {
        // What the ledger does not name as open is settled; to forget that would open all its epochs again.
        this.last = known.lastEpoch();
        known.open().forEach(this::opened);
    }

    /** With what waits for tables that are detached, wherever in the ledger it is. */
    OpenEpochs(LedgerState known, DetachedTables tables) {
        this(known);
        tables.forEach((since, waiting) -> {
            if (waiting.epochs() > 0) {
                behind.put(since.table(), new Behind(since.after(), waiting.last()));
            }
            detached.add(since.table());
        });
    }

    /** The epoch is in the ledger. */
    synchronized void opened(Epoch epoch) {
        last = Math.max(last, epoch.number());
        epoch.staged().stream().map(StagedFiles::table).forEach(table -> lacks(table, epoch.number()));
        // A table has to hear that records of the epoch wait for it, though it gets no rows.
        WaitingRecords.tables(epoch).forEach(table -> lacks(table, epoch.number()));
    }

    private void lacks(TableName table, long epoch) {
        Behind known = behind.get(table);
        long settled = known == null ? epoch - 1 : known.settled();
        behind.put(table, new Behind(settled, epoch));
    }

    /** The ledger says that the table is detached: what waits for it is kept whatever is settled, so the others go on without it. */
    synchronized void detach(TableName table) {
        detached.add(table);
    }

    /** The ledger does not say so any more. */
    synchronized void attach(TableName table) {
        detached.remove(table);
    }

    /** The ledger's last epoch. */
    synchronized long last() {
        return last;
    }

    /** Up to which epoch all of the table's are in it; empty where none is missing. */
    synchronized OptionalLong behind(TableName table) {
        Behind known = behind.get(table);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.settled());
    }

    /** All of the table's epochs up to this one are in it. */
    synchronized void landed(TableName table, long through) {
        Behind known = behind.get(table);
        if (known != null) {
            if (through >= known.last()) {
                behind.remove(table);
            } else {
                behind.put(table, new Behind(Math.max(known.settled(), through), known.last()));
            }
        }
    }

    /** All epochs up to this one are in all their tables but those that are detached. */
    synchronized long settledThrough() {
        return behind.entrySet().stream()
                .filter(table -> !detached.contains(table.getKey()))
                .mapToLong(table -> table.getValue().settled())
                .min()
                .orElse(last);
    }

    /** What an epoch staged, for each table that has rows in it. */
    static Map<TableName, StagedEpoch> byTable(Epoch epoch) {
        Map<TableName, List<StagedFiles>> files = new TreeMap<>();
        for (StagedFiles staged : epoch.staged()) {
            files.computeIfAbsent(staged.table(), table -> new ArrayList<>()).add(staged);
        }
        Map<TableName, StagedEpoch> epochs = new TreeMap<>();
        files.forEach((table, staged) ->
                epochs.put(table, new StagedEpoch(epoch.run(), epoch.number(), epoch.planHash(), staged)));
        return epochs;
    }
}

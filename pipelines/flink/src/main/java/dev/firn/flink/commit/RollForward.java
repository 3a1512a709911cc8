package dev.firn.flink.commit;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes every epoch that is in the ledger to its tables; what is in them already stays as it is. Tables that are detached are left
 * alone: their time is at the next start.
 */
public final class RollForward {

    /** How long a table is waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * A table that lacks what the ledger has for it.
     *
     * @param reason why it could not be committed to
     */
    public record OpenTable(TableName table, int epochs, long records, long bytes, RuntimeException reason) {}

    private final Lake lake;
    private final Duration patience;

    public RollForward(Lake lake) {
        this(lake, PATIENCE);
    }

    RollForward(Lake lake, Duration patience) {
        this.lake = lake;
        this.patience = patience;
    }

    /** Answers which tables are still behind, sorted. */
    public List<OpenTable> run() throws InterruptedException {
        return run(Long.MAX_VALUE);
    }

    /** The same with the epochs up to one. */
    public List<OpenTable> run(long through) throws InterruptedException {
        Ledger ledger = lake.ledger();
        DetachedTables detached = DetachedTables.in(ledger);
        Map<TableName, List<StagedEpoch>> waiting = waiting(ledger, detached, through);
        Map<TableName, Runnable> commits = new TreeMap<>();
        waiting.forEach((table, epochs) -> commits.put(table, () -> lake.commit(table, epochs)));
        waitIn(ledger)
                .forEach((table, epoch) -> commits.computeIfPresent(table, (name, commit) -> () -> {
                    lake.keepOrder(table, epoch);
                    commit.run();
                }));
        SortedMap<TableName, RuntimeException> failures = new TablesAtOnce(patience).run(commits);
        List<OpenTable> open = new ArrayList<>();
        failures.forEach((table, reason) -> open.add(open(table, waiting.getOrDefault(table, List.of()), reason)));
        detached.forEach((table, epochs) -> open.add(open(table, epochs)));
        open.sort(Comparator.comparing(OpenTable::table));
        return open;
    }

    private static Map<TableName, List<StagedEpoch>> waiting(Ledger ledger, DetachedTables detached, long through) {
        Map<TableName, List<StagedEpoch>> waiting = new TreeMap<>();
        for (Epoch epoch : ledger.read().open()) {
            OpenEpochs.byTable(epoch).forEach((table, staged) -> {
                if (epoch.number() <= through && !detached.contains(table)) {
                    waiting.computeIfAbsent(table, name -> new ArrayList<>()).add(staged);
                }
            });
        }
        return waiting;
    }

    /** Of each table, the last open epoch of which records wait in quarantine for a decision about it. */
    private static Map<TableName, Long> waitIn(Ledger ledger) {
        Map<TableName, Long> last = new TreeMap<>();
        for (Epoch epoch : ledger.read().open()) {
            WaitingRecords.tables(epoch).forEach(table -> last.put(table, epoch.number()));
        }
        return last;
    }

    private static OpenTable open(TableName table, List<StagedEpoch> epochs, RuntimeException reason) {
        return new OpenTable(
                table,
                epochs.size(),
                epochs.stream().mapToLong(StagedEpoch::records).sum(),
                epochs.stream().mapToLong(StagedEpoch::bytes).sum(),
                reason);
    }

    private static OpenTable open(DetachedTable table, WaitingEpochs waiting) {
        return new OpenTable(
                table.table(),
                waiting.epochs(),
                waiting.records(),
                waiting.bytes(),
                new CommitRefused("table `" + table.table() + "` is detached since epoch " + table.epoch() + ": "
                        + table.reason() + "; a run attaches it again once it can be committed to"));
    }
}

package dev.firn.flink.commit;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a start does about tables that are detached, once its run is claimed and before its job: what waits for one goes in first, and
 * then it is attached. One that still fails stays as it is, and so does one that takes too long, which the job goes on with.
 */
public final class Reattachment {

    /** How long all of them are waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * What came of it.
     *
     * @param waited what waited for it
     * @param reason why it is still detached; empty where it is attached
     */
    public record Outcome(DetachedTable table, WaitingEpochs waited, Optional<String> reason) {}

    private final Lake lake;
    private final long run;
    private final Duration patience;

    /** @param run the run that is claimed */
    public Reattachment(Lake lake, long run) {
        this(lake, run, PATIENCE);
    }

    Reattachment(Lake lake, long run, Duration patience) {
        this.lake = lake;
        this.run = run;
        this.patience = patience;
    }

    /** Sorted by table. */
    public List<Outcome> run() throws InterruptedException {
        Ledger ledger = lake.ledger();
        DetachedTables detached = DetachedTables.in(ledger);
        long last = ledger.read().lastEpoch();
        Map<TableName, Runnable> commits = new TreeMap<>();
        detached.forEach((table, waiting) -> commits.put(table.table(), () -> commit(ledger, table, last)));
        SortedMap<TableName, RuntimeException> failures = new TablesAtOnce(patience).run(commits);
        List<Outcome> outcomes = new ArrayList<>();
        detached.forEach((table, waiting) -> {
            Optional<String> reason = Optional.ofNullable(failures.get(table.table()))
                    .map(failure -> String.valueOf(failure.getMessage()));
            if (reason.isEmpty()) {
                ledger.attach(table.table(), run);
            }
            outcomes.add(new Outcome(table, waiting, reason));
        });
        return outcomes;
    }

    private void commit(Ledger ledger, DetachedTable table, long last) {
        List<StagedEpoch> staged = ledger.staged(table.table(), table.after(), last);
        lake.requireStaged(table.table(), staged);
        WaitingRecords.last(ledger, table.table(), table.after())
                .ifPresent(epoch -> lake.keepOrder(table.table(), epoch));
        lake.commit(table.table(), staged);
        // Where nothing waits, nothing was asked of the table yet.
        if (lake.lastEpoch(table.table()).isEmpty()) {
            throw new OutsideException("table `" + table.table() + "` is not there, or is another one");
        }
    }
}

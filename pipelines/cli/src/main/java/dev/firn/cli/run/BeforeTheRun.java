package dev.firn.cli.run;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PayloadKey;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Whether tables and sources are what the ledger knows them as; asked before a run changes anything. */
final class BeforeTheRun {

    private final PlannedPipeline pipeline;
    private final Set<Allowed> allowed;
    private final LedgerState ledger;

    BeforeTheRun(PlannedPipeline pipeline, Set<Allowed> allowed, LedgerState ledger) {
        this.pipeline = pipeline;
        this.allowed = allowed;
        this.ledger = ledger;
    }

    /**
     * Looks for tables that have fewer epochs than the ledger, or more.
     *
     * @return tables that were dropped, and may be
     * @throws RunRefused if a table was dropped, and nobody said that it may
     * @throws CommitRefused if a table or the ledger was rolled back
     */
    List<TableName> checkTables() throws RunRefused {
        Lake lake = pipeline.lake();
        List<TableName> unmarked = new ArrayList<>();
        Set<TableName> detached = lake.ledger().detached().keySet();
        for (TableName table : tables()) {
            OptionalLong last;
            try {
                last = lake.lastEpoch(table);
            } catch (CommitRefused | OutsideException reason) {
                if (!detached.contains(table)) {
                    throw reason;
                }
                // The pipeline goes on without it.
                continue;
            }
            if (last.isEmpty()) {
                unmarked.add(table);
            } else if (last.getAsLong() > ledger.lastEpoch()) {
                throw new CommitRefused("the ledger `" + ledgerName() + "` was rolled back: it ends with epoch "
                        + ledger.lastEpoch() + ", and table `" + table + "` has rows of epoch " + last.getAsLong()
                        + ". They would be read again; bring the ledger back to its newest snapshot");
            }
        }
        List<TableName> dropped = dropped(unmarked, detached);
        if (allowed.contains(Allowed.TABLE_DROPPED)) {
            return dropped;
        }
        for (TableName table : dropped) {
            if (!detached.contains(table)) {
                throw wasDropped(table);
            }
        }
        return List.of();
    }

    /**
     * Looks whether quarantine can have records as the file says: else the first bad record would find out.
     *
     * @throws OutsideException if it can't
     */
    void checkQuarantine() {
        boolean encrypts = pipeline.plan().sink().payload().key().isPresent();
        TableName quarantine = pipeline.plan().sink().names().quarantine();
        Optional<ExistingTable> table = pipeline.lake().table(quarantine);
        table.filter(there ->
                        encrypts || there.schema().column(PayloadKey.COLUMN).isPresent())
                .ifPresent(there -> PayloadKey.requireColumn(quarantine, there.schema()));
    }

    /** Those without a mark of ours that the ledger has rows of; its history is read only where there is a doubt. */
    private List<TableName> dropped(List<TableName> unmarked, Set<TableName> detached) {
        if (unmarked.isEmpty() || ledger.lastEpoch() == 0) {
            return List.of();
        }
        Map<TableName, Ledger.Written> written = pipeline.lake().ledger().written();
        return unmarked.stream()
                .filter(table -> written.containsKey(table) && !isWaitingForRows(table, written.get(table), detached))
                .toList();
    }

    private RunRefused wasDropped(TableName table) {
        boolean isThere = pipeline.lake().table(table).isPresent();
        return new RunRefused("table `" + table + "` was dropped" + (isThere ? " and made anew" : "") + ": the ledger `"
                + ledgerName()
                + "` has rows of it, which would not come again. Bring the table back; or, to fill it from"
                + " here on only, say `--allow " + Allowed.TABLE_DROPPED.word() + "`");
    }

    /** Nothing has reached the table yet: a process died between the ledger and its first commit, or the table was detached before it. */
    private boolean isWaitingForRows(TableName table, Ledger.Written rows, Set<TableName> detached) {
        Optional<ExistingTable> now = pipeline.lake().table(table);
        return now.isPresent()
                && now.get().incarnation().equals(rows.incarnation())
                && (detached.contains(table)
                        || ledger.open().stream().map(Epoch::number).anyMatch(number -> number == rows.epoch()));
    }

    /** One that a value names is left out where it is not there: it is made when the value comes again. */
    private List<TableName> tables() {
        List<TableName> tables = new ArrayList<>();
        pipeline.plan().tables().forEach(table -> tables.add(table.name()));
        tables.add(pipeline.plan().sink().names().quarantine());
        pipeline.plan().tablesByValue().forEach(byValue -> byValue.there().ifPresent(tables::addAll));
        return tables;
    }

    /**
     * Looks for records that would be read a second time.
     *
     * @param live what the sources hold now
     * @throws RunRefused if there are some, and nobody said that there may be
     */
    void checkSources(List<SplitRange> live) throws RunRefused {
        new MovedStreams(pipeline.definition(), ledgerName(), ledger.positions().keySet(), allowed).check(live);
        new ReadTwice(pipeline.plan(), ledger.positions().keySet(), allowed).check(live);
        new OtherPipelines(pipeline.plan(), pipeline.lake(), ledger.positions().keySet(), allowed).check(live);
    }

    private TableName ledgerName() {
        return pipeline.plan().sink().names().ledger();
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as one Iceberg table, a row an epoch. Its properties say which run may append and what the last epoch is, and
 * are read by the guard on the base of each commit, so that of two writers one finds that it is late.
 */
final class IcebergLedger implements Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(IcebergLedger.class);

    private final LakeTables tables;
    private final String pipeline;
    private final TableName name;
    private final Retries retries;
    private final LedgerUpkeep upkeep;

    /** Of the last epoch that this instance has seen in the ledger; there are none before the first. */
    private Standing standing = Standing.NOWHERE;

    private long positionsOf;
    private @Nullable Seen seen;

    /** What was read, and from which ledger: whoever looks twice a second finds the same one most times. */
    private record Seen(String uuid, long snapshot, LedgerMarks marks, LedgerState state) {

        boolean isStill(String nowUuid, long nowSnapshot, LedgerMarks now) {
            return uuid.equals(nowUuid) && snapshot == nowSnapshot && marks.equals(now);
        }

        /** Whether {@code now} only has more at its end. */
        boolean isContinuedBy(String nowUuid, LedgerMarks now) {
            return uuid.equals(nowUuid) && marks.epoch() < now.epoch() && marks.settled() <= now.settled();
        }
    }

    IcebergLedger(LakeTables tables, LakeNames names, Retries retries) {
        this(tables, names, retries, LedgerUpkeep.Limits.DEFAULT);
    }

    IcebergLedger(LakeTables tables, LakeNames names, Retries retries, LedgerUpkeep.Limits limits) {
        this.tables = tables;
        this.pipeline = names.pipeline();
        this.name = names.ledger();
        this.retries = retries;
        this.upkeep = new LedgerUpkeep(tables, name, limits);
    }

    @Override
    public synchronized LedgerState read() {
        return retries.call("read the ledger `" + name + "`", tables.outside(), this::readOnce);
    }

    @Override
    public List<Epoch> since(long epoch) {
        return retries.call("read the ledger `" + name + "`", tables.outside(), () -> {
            Table table = tables.load(name);
            long last = marks(table).epoch();
            return epoch >= last
                    ? List.<Epoch>of()
                    : new LedgerReader(table)
                            .rowsFromBase(epoch, last, new LedgerFold(table.name())).stream()
                                    .map(LedgerFold.Folded::epoch)
                                    .toList();
        });
    }

    @Override
    public List<StagedEpoch> staged(TableName target, long after, long through) {
        return retries.call(
                "read the ledger `" + name + "`", tables.outside(), () -> new LedgerReader(tables.load(name))
                        .staged(target, after, through));
    }

    @Override
    public Map<TableName, Written> written() {
        return retries.call("read the ledger `" + name + "`", tables.outside(), () -> {
            Table table = tables.load(name);
            LedgerMarks marks = marks(table);
            return new LedgerReader(table)
                    .written(epoch -> marks.takenBack(epoch).isEmpty());
        });
    }

    @Override
    public LedgerSchemas schemas() {
        return retries.call(
                "read the ledger `" + name + "`", tables.outside(), () -> new LedgerReader(tables.load(name))
                        .schemas());
    }

    @Override
    public NewestTime.Fold newestTimes(NewestTime.Fold before) {
        return retries.call("read the ledger `" + name + "`", tables.outside(), () -> Ledger.super.newestTimes(before));
    }

    @Override
    public Map<Split, Long> positionsBehind(long epoch) {
        if (epoch == 0) {
            return Map.of();
        }
        return retries.call(
                "read the ledger `" + name + "`", tables.outside(), () -> new LedgerReader(tables.load(name))
                        .positionsBehind(epoch));
    }

    @Override
    public void history(long epoch, Consumer<WrittenEpoch> each) {
        Table table = tables.load(name);
        LedgerMarks marks = marks(table);
        if (epoch < marks.epoch()) {
            new LedgerReader(table).history(epoch, marks.epoch(), (folded, positions) -> {
                LedgerRow.Head head = folded.row().head();
                each.accept(new WrittenEpoch(
                        folded.epoch(),
                        head.first(),
                        head.writtenAt(),
                        marks.takenBack(head.epoch()),
                        marks.rewind(head.epoch())));
            });
        }
    }

    @Override
    public long claimRun() {
        return retries.call("claim a run in the ledger `" + name + "`", tables.outside(), this::claimOnce);
    }

    @Override
    public synchronized void append(Epoch epoch, long settledThrough) {
        if (positionsOf != epoch.number() - 1) {
            read();
        }
        Standing moved = standing.and(epoch.progress());
        LedgerRow row = LedgerRow.of(epoch, settledThrough, standing, Instant.now());
        append(epoch, LedgerAppend.of(tables, name, epoch, row.needsBase() ? row.withBase(moved) : row));
        standing = moved;
    }

    @Override
    public synchronized void append(Rewind rewind) {
        append(rewind.epoch(), LedgerAppend.of(tables, name, rewind, LedgerRow.of(rewind, Instant.now())));
        standing = new Standing(rewind.positions(), Map.of());
    }

    private void append(Epoch epoch, LedgerAppend append) {
        retries.run(
                "append epoch " + epoch.number() + " to the ledger `" + name + "`", tables.outside(), append::attempt);
        positionsOf = epoch.number();
    }

    @Override
    public Map<TableName, DetachedTable> detached() {
        return retries.call(
                "read the ledger `" + name + "`",
                tables.outside(),
                () -> LedgerDetachments.in(tables.load(name).properties()));
    }

    @Override
    public Map<TableName, WaitingEpochs> waiting() {
        return retries.call("read the ledger `" + name + "`", tables.outside(), () -> {
            Table table = tables.load(name);
            return new LedgerReader(table).waiting(LedgerDetachments.in(table.properties()));
        });
    }

    @Override
    public void detach(DetachedTable table, long run) {
        retries.run(
                "detach table `" + table.table() + "` in the ledger `" + name + "`",
                tables.outside(),
                () -> new LedgerDetachments(tables, name).detach(table, run));
    }

    @Override
    public void attach(TableName table, long run) {
        retries.run(
                "attach table `" + table + "` in the ledger `" + name + "`",
                tables.outside(),
                () -> new LedgerDetachments(tables, name).attach(table, run));
    }

    @Override
    public void upkeep(Epoch written) {
        try {
            upkeep.after(written);
        } catch (RuntimeException e) {
            LOG.warn("The ledger {} was not tidied up, which can wait: {}", name, e.toString(), e);
        }
    }

    private LedgerMarks marks(Table table) {
        return LedgerMarks.of(LakeTables.operations(table).current()).readable(name);
    }

    private LedgerState readOnce() {
        Table table = tables.load(name);
        TableMetadata metadata = LakeTables.operations(table).current();
        LedgerMarks marks = marks(table);
        if (marks.epoch() == 0) {
            return new LedgerState(0, marks.run(), Map.of(), List.of());
        }
        Snapshot head = metadata.currentSnapshot();
        long snapshot = head == null ? 0 : head.snapshotId();
        Seen before = seen;
        if (before == null || !before.isStill(metadata.uuid(), snapshot, marks)) {
            LedgerState state = before != null && before.isContinuedBy(metadata.uuid(), marks)
                    ? more(table, before, marks)
                    : all(table, marks);
            before = new Seen(metadata.uuid(), snapshot, marks, state);
            seen = before;
        }
        standing = standing(before.state());
        positionsOf = marks.epoch();
        return before.state();
    }

    private LedgerState all(Table table, LedgerMarks marks) {
        long after = Math.min(marks.settled(), marks.epoch() - 1);
        LedgerFold fold = new LedgerFold(table.name());
        List<LedgerFold.Folded> rows = new LedgerReader(table).rowsFromBase(after, marks.epoch(), fold);
        return state(marks, fold, new LedgerState(0, 0, Map.of(), List.of()), rows);
    }

    private LedgerState more(Table table, Seen before, LedgerMarks marks) {
        LedgerFold fold = new LedgerFold(table.name(), standing(before.state()));
        List<LedgerFold.Folded> rows =
                new LedgerReader(table).rows(before.marks().epoch(), marks.epoch(), fold);
        return state(marks, fold, before.state(), rows);
    }

    /** @param before what was open and is not read again */
    private static LedgerState state(
            LedgerMarks marks, LedgerFold fold, LedgerState before, List<LedgerFold.Folded> rows) {
        List<Epoch> open = new ArrayList<>();
        Map<Long, Instant> writtenAt = new HashMap<>(before.writtenAt());
        Stream.concat(before.open().stream(), rows.stream().map(LedgerFold.Folded::epoch))
                // What a rewind has taken back is settled by it.
                .filter(epoch -> epoch.number() > marks.settled())
                .forEach(open::add);
        rows.forEach(folded ->
                writtenAt.put(folded.epoch().number(), folded.row().head().writtenAt()));
        writtenAt.keySet().removeIf(number -> number <= marks.settled());
        Standing now = fold.standing();
        return new LedgerState(
                marks.epoch(),
                marks.run(),
                new TreeMap<>(now.positions()),
                open,
                writtenAt,
                marks.rewinds(),
                now.lastRecords());
    }

    private static Standing standing(LedgerState state) {
        return new Standing(state.positions(), state.lastRecords());
    }

    private long claimOnce() {
        Table table = tables.load(name);
        LedgerMarks marks = marks(table);
        long run = marks.run() + 1;
        String claim = UUID.randomUUID().toString();
        Transaction transaction =
                Transactions.newTransaction(table.name(), tables.guarded(table, new LedgerGuards.Claim(run, claim)));
        if (marks.version() < LedgerTable.VERSION) {
            LedgerTable.upgrade(transaction);
        }
        LedgerMarks.claim(transaction.updateProperties(), pipeline, run, claim).commit();
        // A REST catalog compares the branch's snapshot when it swaps, and no properties. So a claim is a snapshot too,
        // though an empty one: else two claims of one number would both land, and so would an older run's append.
        transaction
                .newFastAppend()
                .scanManifestsWith(new CallerThread())
                .set(TableMarks.RUN, Long.toString(run))
                .commit();
        transaction.commitTransaction();
        return run;
    }
}

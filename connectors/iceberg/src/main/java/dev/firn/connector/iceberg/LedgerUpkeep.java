package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a ledger small. Every so many epochs it puts rows of many small files into one, adds up what is older than anybody asks
 * for, and expires snapshots with their files. Rows of epochs that are not settled stay where they are, and what the last
 * epoch's positions are folded from stays readable.
 */
final class LedgerUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerUpkeep.class);

    /**
     * When something is done, and how much at a time.
     *
     * @param every so many epochs it is looked whether there is something to do
     * @param files so many small files become one
     * @param bytes of such a file at most, as far as can be told before
     * @param snapshots so many are kept in any case
     * @param mostSnapshots so many at most, however young they are
     * @param keepSnapshots for whoever reads one at the moment
     * @param keepEpochs how long each epoch has a row of its own
     */
    record Limits(
            int every,
            int files,
            long bytes,
            int snapshots,
            int mostSnapshots,
            Duration keepSnapshots,
            Duration keepEpochs) {

        static final Limits DEFAULT = new Limits(20, 50, 8L << 20, 10, 100, Duration.ofMinutes(5), Duration.ofDays(30));
    }

    private final LakeTables tables;
    private final TableName ledger;
    private final Limits limits;
    private long lastLook;

    LedgerUpkeep(LakeTables tables, TableName ledger, Limits limits) {
        this.tables = tables;
        this.ledger = ledger;
        this.limits = limits;
    }

    /** Does what there is to do after an epoch was written, if it is time to. */
    void after(Epoch written) {
        // The first epoch of a process is one to look after: a job that starts again and again must not outrun its
        // upkeep.
        if (lastLook != 0 && written.number() < lastLook + limits.every()) {
            return;
        }
        lastLook = written.number();
        Table table = tables.load(ledger);
        LedgerMarks marks =
                LedgerMarks.of(LakeTables.operations(table).current()).readable(ledger);
        Optional<LedgerMerge> merge = LedgerMerge.of(
                LedgerFiles.of(table), marks, LedgerDetachments.waitsBehind(table.properties()), limits, Instant.now());
        if (merge.isPresent()) {
            long seen = table.currentSnapshot().snapshotId();
            DataFile merged = merge.get().write(ledger, table);
            commit(table, written.run(), transaction -> merge.get().replace(transaction, merged, seen));
            LOG.info("The ledger {}: {}", ledger, merge.get());
            table.refresh();
        }
        OptionalLong oldest = oldestKept(table, Instant.now());
        if (oldest.isPresent()) {
            commit(table, written.run(), transaction -> transaction
                    .expireSnapshots()
                    .retainLast(limits.snapshots())
                    .expireOlderThan(oldest.getAsLong())
                    .planWith(new CallerThread())
                    .commit());
        }
    }

    /** Snapshots before this time are to expire, but for the last few; empty if there is none. */
    private OptionalLong oldestKept(Table table, Instant now) {
        List<Long> times = StreamSupport.stream(table.snapshots().spliterator(), false)
                .sorted(Comparator.comparingLong(Snapshot::sequenceNumber).reversed())
                .map(Snapshot::timestampMillis)
                .toList();
        if (times.size() <= limits.snapshots()) {
            return OptionalLong.empty();
        }
        long young = now.minus(limits.keepSnapshots()).toEpochMilli();
        long oldest =
                times.size() <= limits.mostSnapshots() ? young : Math.max(young, times.get(limits.mostSnapshots() - 1));
        return times.get(times.size() - 1) < oldest ? OptionalLong.of(oldest) : OptionalLong.empty();
    }

    private void commit(Table table, long run, Consumer<Transaction> change) {
        String mark = UUID.randomUUID().toString();
        TableMetadata seen = LakeTables.operations(table).current();
        LedgerGuards.Upkeep guard = new LedgerGuards.Upkeep(ledger, run, seen.metadataFileLocation(), mark);
        Transaction transaction = Transactions.newTransaction(table.name(), tables.guarded(table, guard));
        change.accept(transaction);
        LedgerMarks.upkeep(transaction.updateProperties(), mark).commit();
        transaction.commitTransaction();
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the newest rows of a ledger without reading the others. */
final class LedgerReader {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final Table table;

    LedgerReader(Table table) {
        this.table = table;
    }

    /**
     * The rows behind epoch {@code after} up to the last, in order; from the files of their own snapshots, or, where somebody has
     * expired those or rewritten the files, from a scan.
     */
    List<LedgerRow> rows(long after, long last) {
        Optional<List<LedgerRow>> fast = snapshotOf(after)
                .map(from -> read(IcebergGenerics.read(table)
                        .appendsBetween(
                                from.snapshotId(), table.currentSnapshot().snapshotId())))
                .filter(rows -> isComplete(rows, after, last));
        if (fast.isPresent()) {
            return fast.get();
        }
        LOG.debug("The ledger {} is scanned for its rows behind epoch {}", table.name(), after);
        List<LedgerRow> rows = read(IcebergGenerics.read(table).where(Expressions.greaterThan("epoch", after)));
        if (!isComplete(rows, after, last)) {
            throw new OutsideException("the ledger `" + table.name() + "` says that epoch " + last
                    + " is its last, but has only the rows " + numbers(rows) + " behind epoch " + after
                    + ": it was rolled back, or rows were deleted");
        }
        return rows;
    }

    /**
     * What the epochs behind {@code after} up to {@code through} have staged for one table, in order. One row at a time, for a row
     * names the files of every table.
     */
    List<StagedEpoch> staged(TableName target, long after, long through) {
        List<StagedEpoch> staged = new ArrayList<>();
        long rows = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .where(Expressions.and(
                        Expressions.greaterThan("epoch", after), Expressions.lessThanOrEqual("epoch", through)))
                .select("epoch", "run", "staged")
                .build()) {
            for (Record record : records) {
                rows++;
                StagedEpoch epoch = LedgerRow.staged(record, target);
                if (!epoch.files().isEmpty()) {
                    staged.add(epoch);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows != through - after) {
            throw new OutsideException("the ledger `" + table.name() + "` has only " + rows + " of the "
                    + (through - after) + " rows behind epoch " + after + " up to " + through
                    + ": it was rolled back, or rows were deleted");
        }
        staged.sort(Comparator.comparingLong(StagedEpoch::epoch));
        return staged;
    }

    /** For each table the last epoch that staged rows for it; reads two columns of all rows and keeps none. */
    Map<TableName, Ledger.Written> written() {
        Map<TableName, Ledger.Written> written = new TreeMap<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).select("epoch", "staged").build()) {
            for (Record row : rows) {
                long epoch = LedgerRow.number(row, "epoch");
                for (StagedFiles files : LedgerRow.staged(row)) {
                    if (files.records() > 0) {
                        written.merge(
                                files.table(),
                                new Ledger.Written(epoch, files.incarnation()),
                                (one, other) -> one.epoch() > other.epoch() ? one : other);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written;
    }

    private Optional<Snapshot> snapshotOf(long epoch) {
        Snapshot head = table.currentSnapshot();
        for (Snapshot at = head; at != null; at = parent(at)) {
            Map<String, String> summary = at.summary();
            String found = summary == null ? null : summary.get(TableMarks.EPOCH);
            if (found != null && Long.parseLong(found) <= epoch) {
                return at.equals(head) ? Optional.empty() : Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private @Nullable Snapshot parent(Snapshot snapshot) {
        Long parent = snapshot.parentId();
        return parent == null ? null : table.snapshot(parent);
    }

    private static boolean isComplete(List<LedgerRow> rows, long after, long last) {
        return numbers(rows)
                .equals(LongStream.rangeClosed(after + 1, last).boxed().toList());
    }

    private static List<Long> numbers(List<LedgerRow> rows) {
        return rows.stream().map(row -> row.epoch().number()).toList();
    }

    private static List<LedgerRow> read(IcebergGenerics.ScanBuilder scan) {
        List<LedgerRow> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = scan.build()) {
            for (Record record : records) {
                rows.add(LedgerRow.read(record));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(Comparator.comparingLong(row -> row.epoch().number()));
        return rows;
    }
}

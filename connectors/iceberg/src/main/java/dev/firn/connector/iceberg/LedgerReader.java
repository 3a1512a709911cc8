package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds rows of a ledger without reading more of the others than it takes to understand them. */
final class LedgerReader {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);

    private final Table table;

    LedgerReader(Table table) {
        this.table = table;
    }

    /**
     * Goes on with {@code fold}, which knows all up to epoch {@code after}, to the ledger's last epoch; from the files of the
     * rows' own snapshots, or, where somebody has expired those or rewritten the files, from a scan.
     */
    List<LedgerFold.Folded> rows(long after, long last, LedgerFold fold) {
        return foldAll(newest(after, last), fold);
    }

    /** The rows behind epoch {@code after} up to the last, in order; {@code fold} is new. */
    List<LedgerFold.Folded> rowsFromBase(long after, long last, LedgerFold fold) {
        return foldAll(newest(LedgerRow.baseOf(after + 1) - 1, last), fold).stream()
                .filter(folded -> folded.epoch().number() > after)
                .toList();
    }

    private static List<LedgerFold.Folded> foldAll(List<LedgerRow> rows, LedgerFold fold) {
        List<LedgerFold.Folded> folded = new ArrayList<>(rows.size());
        rows.forEach(row -> folded.add(fold.add(row)));
        return folded;
    }

    private List<LedgerRow> newest(long after, long last) {
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
        requireComplete(rows, after, last);
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
                .select("epoch", "run", "plan_hash", "staged")
                .build()) {
            for (Record record : records) {
                rows++;
                StagedEpoch epoch = LedgerRecords.staged(record, target);
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

    /** What waits for tables that are detached; one row at a time. */
    Map<TableName, WaitingEpochs> waiting(Map<TableName, DetachedTable> detached) {
        Map<TableName, WaitingEpochs> waiting = new TreeMap<>();
        if (detached.isEmpty()) {
            return waiting;
        }
        detached.keySet().forEach(target -> waiting.put(target, WaitingEpochs.NONE));
        long after =
                detached.values().stream().mapToLong(DetachedTable::after).min().getAsLong();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(Expressions.greaterThan("epoch", after))
                .select("epoch", "staged")
                .build()) {
            for (Record row : rows) {
                long epoch = LedgerRecords.number(row, "epoch");
                LedgerRecords.staged(row).stream()
                        .filter(files -> Optional.ofNullable(detached.get(files.table()))
                                .filter(target -> epoch > target.after())
                                .isPresent())
                        .collect(Collectors.groupingBy(StagedFiles::table))
                        .forEach((target, files) -> waiting.computeIfPresent(
                                target,
                                (name, sum) -> sum.plus(
                                        epoch,
                                        files.stream()
                                                .mapToLong(StagedFiles::records)
                                                .sum(),
                                        files.stream()
                                                .mapToLong(StagedFiles::bytes)
                                                .sum())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return waiting;
    }

    /** For each table the last epoch that staged rows for it and counts; reads two columns of all rows and keeps none. */
    Map<TableName, Ledger.Written> written(LongPredicate counts) {
        Map<TableName, Ledger.Written> written = new TreeMap<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).select("epoch", "staged").build()) {
            for (Record row : rows) {
                long epoch = LedgerRecords.number(row, "epoch");
                for (StagedFiles files : LedgerRecords.staged(row)) {
                    if (files.changeRows() && counts.test(epoch)) {
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

    /** What all rows say of schemas; of the others, and of all other columns, nothing is read. */
    LedgerSchemas schemas() {
        if (table.schema().findField(LedgerTable.SCHEMAS) == null) {
            return LedgerSchemas.NONE;
        }
        TreeMap<Long, LedgerSchemas> byEpoch = new TreeMap<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .where(Expressions.notNull(LedgerTable.SCHEMAS))
                .select("epoch", LedgerTable.SCHEMAS, "used_schemas", "planned_schemas")
                .build()) {
            for (Record row : rows) {
                byEpoch.put(LedgerRecords.number(row, "epoch"), LedgerRecords.schemas(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LedgerSchemas.Fold all = new LedgerSchemas.Fold();
        byEpoch.values().forEach(all::add);
        return all.schemas();
    }

    /**
     * Calls {@code each} with the rows behind epoch {@code after} up to epoch {@code last}, in order, and where the splits stand
     * behind each; holds no more rows at a time than a few files have. A row that stands for several epochs comes if one of
     * them is behind {@code after}.
     */
    void history(long after, long last, BiConsumer<LedgerFold.Folded, Standing> each) {
        long from = LedgerRow.baseOf(after + 1);
        LedgerFold fold = new LedgerFold(table.name());
        long read = from - 1;
        for (LedgerFiles.Range range : LedgerFiles.of(table).ranges(from, last)) {
            Expression rows = Expressions.and(
                    Expressions.greaterThanOrEqual("epoch", Math.max(from, range.first())),
                    Expressions.lessThanOrEqual("epoch", Math.min(last, range.last())));
            for (LedgerRow row : read(IcebergGenerics.read(table)
                    .useSnapshot(table.currentSnapshot().snapshotId())
                    .where(rows))) {
                if (row.head().first() > read + 1 || row.epoch() <= read) {
                    throw incomplete(List.of(row), read, last);
                }
                read = row.epoch();
                LedgerFold.Folded folded = fold.add(row);
                if (row.epoch() > after) {
                    each.accept(folded, fold.standing());
                }
            }
        }
        if (read < last) {
            throw incomplete(List.of(), read, last);
        }
    }

    /** Where the splits stand behind an epoch that has a row of its own, or is the last of those added up in one. */
    Map<Split, Long> positionsBehind(long epoch) {
        Map<Split, Long> behind = new HashMap<>();
        history(epoch - 1, epoch, (folded, standing) -> behind.putAll(standing.positions()));
        return behind;
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

    private void requireComplete(List<LedgerRow> rows, long after, long last) {
        if (!isComplete(rows, after, last)) {
            throw incomplete(rows, after, last);
        }
    }

    private OutsideException incomplete(List<LedgerRow> rows, long after, long last) {
        return new OutsideException("the ledger `" + table.name() + "` says that epoch " + last
                + " is its last, but has only the rows "
                + rows.stream().map(row -> Long.toString(row.epoch())).collect(Collectors.joining(", ", "[", "]"))
                + " behind epoch " + after + ": it was rolled back, or rows were deleted");
    }

    /** The first row may stand for epochs before it, too. */
    private static boolean isComplete(List<LedgerRow> rows, long after, long last) {
        long at = after;
        for (LedgerRow row : rows) {
            if (row.head().first() > at + 1 || row.epoch() <= at) {
                return false;
            }
            at = row.epoch();
        }
        return at == last;
    }

    private static List<LedgerRow> read(IcebergGenerics.ScanBuilder scan) {
        List<LedgerRow> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = scan.build()) {
            for (Record record : records) {
                rows.add(LedgerRecords.read(record));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(Comparator.comparingLong(LedgerRow::epoch));
        return rows;
    }
}

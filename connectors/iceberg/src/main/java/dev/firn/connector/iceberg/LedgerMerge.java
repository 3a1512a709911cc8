package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/** Neighbouring files of a ledger that become one: with the same rows, or, where they are old, with one row for all. */
record LedgerMerge(List<LedgerFiles.Of> files, Kind kind, long after, long last) {

    /** What becomes of the rows. */
    enum Kind {
        SAME_ROWS,
        ONE_ROW
    }

    LedgerMerge {
        files = List.copyOf(files);
    }

    private LedgerMerge(List<LedgerFiles.Of> files, Kind kind) {
        this(files, kind, files.get(0).first() - 1, files.get(files.size() - 1).last());
    }

    /**
     * What is most worth doing now. Epochs behind {@code settled} are left alone, and so is a ledger that others have mixed.
     *
     * @param waitsBehind behind this epoch something waits for a table that is detached
     */
    static Optional<LedgerMerge> of(
            LedgerFiles all, LedgerMarks marks, long waitsBehind, LedgerUpkeep.Limits limits, Instant now) {
        if (!all.areInOrder()) {
            return Optional.empty();
        }
        List<LedgerFiles.Of> done = all.files().stream()
                .filter(file -> file.last() <= marks.settled())
                .toList();
        // One row for many has no pointers, so what waits for a table that is detached is never added up.
        List<LedgerFiles.Of> committed =
                done.stream().filter(file -> file.last() <= waitsBehind).toList();
        return old(committed, marks.rewinds(), limits, now)
                .or(() -> small(done, 1, limits))
                .or(() -> small(done, limits.files(), limits));
    }

    /**
     * Full files are the rule by the time they are old; one that has old rows only is added to the sum of those before. What
     * was taken back, and by what, is never in a sum, and no sum goes on behind it.
     */
    private static Optional<LedgerMerge> old(
            List<LedgerFiles.Of> done, List<Rewound> rewinds, LedgerUpkeep.Limits limits, Instant now) {
        Instant oldest = now.minus(limits.keepEpochs());
        List<LedgerFiles.Of> old = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        for (LedgerFiles.Of file : done) {
            if (!file.newest().isBefore(oldest) || (!old.isEmpty() && bytes + file.bytes() > limits.bytes())) {
                break;
            }
            if (rewinds.stream().anyMatch(rewind -> file.last() > rewind.to() && file.first() <= rewind.at())) {
                if (rows > limits.files()) {
                    break;
                }
                old.clear();
                bytes = 0;
                rows = 0;
                continue;
            }
            old.add(file);
            bytes += file.bytes();
            rows += file.rows();
        }
        return rows > limits.files() ? Optional.of(new LedgerMerge(old, Kind.ONE_ROW)) : Optional.empty();
    }

    /** The oldest neighbours with at least so many rows each, and fewer than so many times that. */
    private static Optional<LedgerMerge> small(List<LedgerFiles.Of> done, int rows, LedgerUpkeep.Limits limits) {
        List<LedgerFiles.Of> group = new ArrayList<>();
        long bytes = 0;
        for (LedgerFiles.Of file : done) {
            boolean fits = file.rows() >= rows
                    && file.rows() < (long) rows * limits.files()
                    && file.bytes() <= limits.bytes() / 2;
            if (!fits) {
                group.clear();
                bytes = 0;
                continue;
            }
            group.add(file);
            bytes += file.bytes();
            if (group.size() >= limits.files() || (group.size() > 1 && bytes >= limits.bytes())) {
                return Optional.of(new LedgerMerge(group, Kind.SAME_ROWS));
            }
        }
        return Optional.empty();
    }

    /** Reads the rows and writes them anew; the first one gets all positions, so that the file can be read without others. */
    DataFile write(TableName ledger, Table table) {
        LedgerRowWriter writer = new LedgerRowWriter(ledger, table, "upkeep-" + last);
        // Of the metadata that the commit requires to be there still.
        Map<TableName, DetachedTable> detached = LedgerDetachments.in(table.properties());
        LedgerSum sum = new LedgerSum();
        long[] seen = {0};
        try (writer) {
            new LedgerReader(table).history(after, last, (folded, standing) -> {
                LedgerRow row = folded.row().withoutPointers(detached);
                if (kind == Kind.ONE_ROW) {
                    sum.add(row, folded.epoch(), standing);
                } else {
                    boolean base = seen[0] == 0 || row.needsBase();
                    writer.write(base ? row.withBase(standing) : row.withoutBase());
                }
                seen[0]++;
            });
            if (seen[0] != files.stream().mapToLong(LedgerFiles.Of::rows).sum()) {
                throw new IllegalStateException("the ledger `" + ledger + "` has rows that are in none of the files of"
                        + " their epochs, or lacks some: it was changed by somebody else and is left as it is");
            }
            if (kind == Kind.ONE_ROW) {
                writer.write(sum.row());
            }
        }
        return writer.file();
    }

    /** @param seen the snapshot that the rows were read from; Iceberg would look for deletes of them back to the first one */
    void replace(Transaction transaction, DataFile merged, long seen) {
        RewriteFiles rewrite = transaction.newRewrite().validateFromSnapshot(seen);
        files.forEach(file -> rewrite.deleteFile(file.file()));
        rewrite.addFile(merged);
        rewrite.scanManifestsWith(new CallerThread());
        rewrite.commit();
    }

    @Override
    public String toString() {
        return files.size() + " files with the epochs " + (after + 1) + " to " + last + " are one now"
                + (kind == Kind.ONE_ROW ? ", with one row for all" : "");
    }
}

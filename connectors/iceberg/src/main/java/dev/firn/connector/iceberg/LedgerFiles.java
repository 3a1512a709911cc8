package dev.firn.connector.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The files of a ledger in the order of the epochs in them. */
record LedgerFiles(List<Of> files) {

    /** What is read at a time: rows of 10,000 partitions are half a megabyte each once they are read. */
    private static final int ROWS_AT_A_TIME = 100;

    private static final long BYTES_AT_A_TIME = 4L << 20;

    /**
     * One file.
     *
     * @param newest when its newest row was written
     */
    record Of(DataFile file, long first, long last, Instant newest) {

        long rows() {
            return file.recordCount();
        }

        long bytes() {
            return file.fileSizeInBytes();
        }
    }

    /** Epochs, both inclusive. */
    record Range(long first, long last) {}

    LedgerFiles {
        files = List.copyOf(files);
    }

    /** Files whose epochs are not known, or that somebody else has mixed, are one range, from the beginning to the end. */
    static LedgerFiles of(Table table) {
        if (table.currentSnapshot() == null) {
            return new LedgerFiles(List.of());
        }
        List<Of> files = new ArrayList<>();
        TableScan scan = table.newScan()
                .useSnapshot(table.currentSnapshot().snapshotId())
                .includeColumnStats()
                .planWith(new CallerThread());
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                files.add(of(table, task.file()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparingLong(Of::first));
        return new LedgerFiles(files);
    }

    private static Of of(Table table, DataFile file) {
        DataFile kept = file.copy();
        Long first = number(table, "epoch", kept.lowerBounds());
        Long last = number(table, "epoch", kept.upperBounds());
        Long newest = number(table, "written_at", kept.upperBounds());
        return new Of(
                kept,
                first == null ? 0 : first,
                last == null ? Long.MAX_VALUE : last,
                newest == null ? Instant.MAX : instant(newest));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static @Nullable Long number(Table table, String column, @Nullable Map<Integer, ByteBuffer> bounds) {
        Types.NestedField field = table.schema().findField(column);
        ByteBuffer bound = bounds == null || field == null ? null : bounds.get(field.fieldId());
        return bound == null ? null : Conversions.fromByteBuffer(field.type(), bound);
    }

    /** Whether each file has epochs of its own, all of them between its first and its last. */
    boolean areInOrder() {
        for (int i = 1; i < files.size(); i++) {
            if (files.get(i).first() <= files.get(i - 1).last()) {
                return false;
            }
        }
        return true;
    }

    /** What to read at a time to have the epochs from {@code from} to {@code last}. */
    List<Range> ranges(long from, long last) {
        List<Range> ranges = new ArrayList<>();
        List<Of> wanted = files.stream()
                .filter(file -> file.last() >= from && file.first() <= last)
                .toList();
        long first = 0;
        long rows = 0;
        long bytes = 0;
        for (int i = 0; i < wanted.size(); i++) {
            Of file = wanted.get(i);
            first = rows == 0 ? file.first() : first;
            rows += file.rows();
            bytes += file.bytes();
            boolean full = rows >= ROWS_AT_A_TIME || bytes >= BYTES_AT_A_TIME;
            if (i == wanted.size() - 1 || (full && areInOrder())) {
                ranges.add(new Range(
                        first,
                        wanted.subList(0, i + 1).stream()
                                .mapToLong(Of::last)
                                .max()
                                .orElse(last)));
                rows = 0;
                bytes = 0;
            }
        }
        return ranges;
    }
}

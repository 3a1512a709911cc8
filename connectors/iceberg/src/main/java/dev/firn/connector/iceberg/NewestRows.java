package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and times of a table's rows, the newest first: by what each file says of its greatest time it is known which files can have
 * rows of a span, and no others are opened. Deletes of others are heard.
 */
final class NewestRows {

    private final TableName name;
    private final Table table;
    private final UniqueColumns columns;

    /** @param columns of the table as it is loaded */
    NewestRows(TableName name, Table table, UniqueColumns columns) {
        this.name = name;
        this.table = table;
        this.columns = columns;
    }

    /** @param key its values, none of them null */
    record Row(List<Object> key, long micros) {}

    private record DatedFile(long rows, long newest) {}

    /**
     * Reads until half of what there is room for is filled and the span behind the newest rows is known, or there is no more; what is not
     * read, {@code keys} are told.
     *
     * @param row takes each that has a key, and adds those to {@code keys} that are to be known; none follows where it answers false
     * @return how many were read
     */
    long read(SeenKeys keys, Predicate<Row> row) {
        if (table.currentSnapshot() == null) {
            return 0;
        }
        List<DatedFile> files = newestFirst();
        boolean[] more = {true};
        Predicate<Row> taking = one -> {
            more[0] = row.test(one);
            return more[0];
        };
        long read = 0;
        long before = Long.MAX_VALUE;
        int next = 0;
        long needed = Long.MAX_VALUE;
        // What is forgotten meanwhile need not be looked for.
        while (more[0] && next < files.size() && keys.knownFrom() < before) {
            if (keys.size() >= keys.room() / 2) {
                // Of the newest rows, which have been read first: what comes next is as new as these.
                needed = needed == Long.MAX_VALUE ? keys.needed() : needed;
                if (before <= needed) {
                    break;
                }
            }
            long most = Math.max(1, keys.room() * 3L / 4 - keys.size()) * Math.max(1, read / Math.max(1, keys.size()));
            next = behind(files, next, most);
            long from = next == files.size() ? Long.MIN_VALUE : files.get(next).newest() + 1;
            read += read(from, before, taking);
            before = from;
        }
        if (before != Long.MIN_VALUE && next < files.size()) {
            keys.startFrom(before);
        }
        return read;
    }

    /** As many files as have so many rows together, one at least, and all that do not say what their greatest time is. */
    private static int behind(List<DatedFile> files, int first, long rows) {
        long sum = files.get(first).rows();
        int next = first + 1;
        while (next < files.size()
                && (sum + files.get(next).rows() <= rows || files.get(next).newest() == Long.MAX_VALUE)) {
            sum += files.get(next).rows();
            next++;
        }
        return next;
    }

    private List<DatedFile> newestFirst() {
        Types.NestedField time = table.schema().findField(columns.rows().time());
        List<DatedFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                Map<Integer, ByteBuffer> bounds = task.file().upperBounds();
                ByteBuffer bound = bounds == null ? null : bounds.get(time.fieldId());
                files.add(new DatedFile(task.file().recordCount(), newest(time.type(), bound)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparingLong(DatedFile::newest).reversed());
        return files;
    }

    /** A column that was of days before has the bounds of days in its older files, which say as much as none. */
    private static long newest(Type type, @Nullable ByteBuffer bound) {
        return bound == null || bound.remaining() != Long.BYTES
                ? Long.MAX_VALUE
                : Conversions.<Long>fromByteBuffer(type, bound);
    }

    private long read(long from, long before, Predicate<Row> row) {
        if (from >= before) {
            return 0;
        }
        String time = columns.rows().time();
        Expression since =
                from == Long.MIN_VALUE ? Expressions.notNull(time) : Expressions.greaterThanOrEqual(time, from);
        Expression until = before == Long.MAX_VALUE ? Expressions.notNull(time) : Expressions.lessThan(time, before);
        List<String> names = columns.names();
        long[] read = new long[1];
        new TableReader(name, table).read(Expressions.and(since, until), names, values -> {
            read[0]++;
            return take(values, row);
        });
        return read[0];
    }

    private static boolean take(List<@Nullable Object> values, Predicate<Row> row) {
        int last = values.size() - 1;
        List<Object> key = new ArrayList<>(last);
        for (Object value : values.subList(0, last)) {
            if (value == null) {
                // Somebody else's row: of this table's records none is without a key.
                return true;
            }
            key.add(value);
        }
        Object time = values.get(last);
        return time == null || row.test(new Row(key, UniqueColumns.micros(time)));
    }
}

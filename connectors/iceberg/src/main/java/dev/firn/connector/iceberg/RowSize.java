package dev.firn.connector.iceberg;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** About how much of the heap a row takes, with what only it refers to. */
final class RowSize {

    private static final long OBJECT = 16;
    private static final long REFERENCE = 4;

    /** Dates, times, decimals: an object or three. */
    private static final long OTHER = 64;

    private RowSize() {}

    static long of(StructLike row) {
        long bytes = 3 * OBJECT + REFERENCE * row.size();
        for (int i = 0; i < row.size(); i++) {
            bytes += of(row.get(i, Object.class));
        }
        return bytes;
    }

    private static long of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return 0;
        }
        if (value instanceof Number && !(value instanceof java.math.BigDecimal)) {
            return OBJECT + 8;
        }
        if (value instanceof CharSequence text) {
            return 3 * OBJECT + text.length();
        }
        if (value instanceof ByteBuffer buffer) {
            return 4 * OBJECT + buffer.remaining();
        }
        if (value instanceof byte[] bytes) {
            return OBJECT + bytes.length;
        }
        if (value instanceof StructLike struct) {
            return of(struct);
        }
        if (value instanceof Collection<?> elements) {
            return elements(elements);
        }
        return value instanceof Map<?, ?> map ? elements(map.keySet()) + elements(map.values()) : OTHER;
    }

    private static long elements(Collection<?> elements) {
        long bytes = 3 * OBJECT;
        for (Object element : elements) {
            bytes += 2 * OBJECT + of(element);
        }
        return bytes;
    }
}

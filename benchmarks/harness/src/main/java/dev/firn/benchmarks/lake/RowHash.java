package dev.firn.benchmarks.lake;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** A number of 64 bits for a row's values; the entries of a map count in any order. */
final class RowHash {

    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final OffsetDateTime EPOCH = OffsetDateTime.parse("1970-01-01T00:00:00Z");

    private RowHash() {}

    static long of(StructLike row) {
        return of(row, row.size());
    }

    /** Of the first columns only. */
    static long of(StructLike row, int columns) {
        long hash = columns;
        for (int i = 0; i < columns; i++) {
            hash = mix(hash, of(row.get(i, Object.class)));
        }
        return mix(hash, SEED);
    }

    private static long of(@Nullable Object value) {
        if (value == null) {
            return 1;
        }
        if (value instanceof StructLike struct) {
            return of(struct);
        }
        if (value instanceof List<?> list) {
            long hash = list.size();
            for (Object item : list) {
                hash = mix(hash, of(item));
            }
            return hash;
        }
        if (value instanceof Map<?, ?> map) {
            long hash = map.size();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                hash += mix(of(entry.getKey()), of(entry.getValue()));
            }
            return hash;
        }
        return ofPrimitive(value);
    }

    private static long ofPrimitive(Object value) {
        if (value instanceof String text) {
            return ofBytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (value instanceof ByteBuffer bytes) {
            return ofBytes(bytes.duplicate());
        }
        if (value instanceof BigDecimal decimal) {
            return mix(ofBytes(ByteBuffer.wrap(decimal.unscaledValue().toByteArray())), decimal.scale());
        }
        if (value instanceof OffsetDateTime time) {
            return mix(2, EPOCH.until(time, ChronoUnit.MICROS));
        }
        if (value instanceof LocalDate date) {
            return mix(3, date.toEpochDay());
        }
        if (value instanceof Double number) {
            return mix(4, Double.doubleToLongBits(number));
        }
        if (value instanceof Float number) {
            return mix(5, Float.floatToIntBits(number));
        }
        if (value instanceof Number number) {
            return mix(6, number.longValue());
        }
        if (value instanceof Boolean truth) {
            return truth ? 7 : 8;
        }
        throw new IllegalArgumentException("no workload has a value of " + value.getClass());
    }

    private static long ofBytes(ByteBuffer bytes) {
        long hash = bytes.remaining();
        while (bytes.remaining() >= Long.BYTES) {
            hash = mix(hash, bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            hash = mix(hash, bytes.get());
        }
        return hash;
    }

    /** The finisher of SplitMix64, over both. */
    private static long mix(long one, long other) {
        long z = one * SEED + other;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

package dev.firn.spi.record;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came from its source: raw bytes, where they came from, and a row view that is decoded at most once.
 * Nobody changes the bytes, so hops inside a task share one instance.
 */
public final class RawRecord implements SourceEvent {

    /** What {@link #valueSchemaId} answers where the bytes carry no id. */
    public static final int NO_SCHEMA_ID = -1;

    /** What {@link #timestamp} answers where the source has none. */
    public static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private static final int FRAME = 5;
    private static final long MICROS_PER_MILLI = 1_000;

    private final Split split;
    private final long position;
    private final long timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;

    private @Nullable RowDecoder viewedWith;
    private @Nullable Object row;

    /**
     * @param position the record's own, so that reading goes on at {@code position + 1}
     * @param timestamp milliseconds since 1970, or {@link #NO_TIMESTAMP}
     */
    public RawRecord(
            Split split,
            long position,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers) {
        this.split = split;
        this.position = position;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    @Override
    public Split split() {
        return split;
    }

    public long position() {
        return position;
    }

    public long timestamp() {
        return timestamp;
    }

    /** Whether so many milliseconds are a timestamp that a table can keep, in 64 bits of microseconds. */
    public static boolean isTimestampOfATable(long millis) {
        return millis <= Long.MAX_VALUE / MICROS_PER_MILLI && millis >= Long.MIN_VALUE / MICROS_PER_MILLI;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public List<Header> headers() {
        return headers;
    }

    /** The registry id in the value's frame (a zero byte, then four bytes big-endian), or {@link #NO_SCHEMA_ID}. */
    public int valueSchemaId() {
        return framedId(value);
    }

    /** The registry id in the key's frame, or {@link #NO_SCHEMA_ID}. */
    public int keySchemaId() {
        return framedId(key);
    }

    /** The decoded row, made by the first who asks and kept for the next who asks with the same decoder. */
    public Object row(RowDecoder decoder) throws Rejected {
        Object known = row;
        if (known != null && viewedWith == decoder) {
            return known;
        }
        Object decoded = decoder.decode(this);
        viewedWith = decoder;
        row = decoded;
        return decoded;
    }

    /** The registry id in the frame of a key or a value, or {@link #NO_SCHEMA_ID}. */
    public static int framedId(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length < FRAME || bytes[0] != 0) {
            return NO_SCHEMA_ID;
        }
        return (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff);
    }
}

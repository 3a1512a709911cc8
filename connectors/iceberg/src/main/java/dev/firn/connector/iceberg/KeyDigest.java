package dev.firn.connector.iceberg;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.util.DateTimeUtil;

/**
 * Sixteen bytes that stand for a key: the first of its SHA-256. Of a billion keys two share them with a probability of 10^-21. They are the
 * same for a row that is about to be written and for the same one that was read, and stay so when a column is widened.
 */
final class KeyDigest {

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    KeyDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @param first the first eight bytes */
    record Of(long first, long second) {}

    Of of(List<?> values) {
        digest.reset();
        values.forEach(this::add);
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Of(bytes.getLong(), bytes.getLong());
    }

    /** Kinds that can't become each other by a column's widening begin with a byte of their own. */
    private void add(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            add('n', ((Number) value).longValue());
        } else if (value instanceof CharSequence text) {
            add('s', text.toString().getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof BigDecimal decimal) {
            add('e', decimal.scale());
            add('d', decimal.unscaledValue().toByteArray());
        } else if (value instanceof Boolean flag) {
            add('b', flag ? 1 : 0);
        } else if (value instanceof LocalDate date) {
            add('y', date.toEpochDay());
        } else if (value instanceof LocalTime time) {
            add('h', time.toNanoOfDay());
        } else if (value instanceof OffsetDateTime instant) {
            add('i', DateTimeUtil.microsFromTimestamptz(instant));
        } else if (value instanceof LocalDateTime local) {
            add('l', DateTimeUtil.microsFromTimestamp(local));
        } else if (value instanceof UUID uuid) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
            bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            add('x', bytes.array());
        } else if (value instanceof byte[] bytes) {
            add('x', bytes);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            add('x', copy);
        } else {
            throw new IllegalStateException("our bug: a key can't be of " + value.getClass());
        }
    }

    private void add(char kind, byte[] bytes) {
        add(kind, bytes.length);
        digest.update(bytes);
    }

    private void add(char kind, long value) {
        digest.update((byte) kind);
        digest.update(number.putLong(0, value).array());
    }
}

package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/** How values of one type are ordered. */
@FunctionalInterface
interface Ordering {

    int compare(Object one, Object other);

    /** Of values of a type; empty where they have no order, as lists have none. */
    static Optional<Ordering> of(ColumnType type) {
        if (Types.isFloating(type)) {
            return Optional.of(
                    (one, other) -> Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue()));
        }
        if (type instanceof ColumnType.Decimal) {
            return Optional.of((one, other) -> Decimals.exact(one).compareTo(Decimals.exact(other)));
        }
        if (type instanceof ColumnType.Fixed) {
            return Optional.of((one, other) -> Arrays.compareUnsigned((byte[]) one, (byte[]) other));
        }
        return type instanceof Primitive primitive ? Optional.of(of(primitive)) : Optional.empty();
    }

    private static Ordering of(Primitive type) {
        return switch (type) {
            case BOOLEAN -> (one, other) -> ((Boolean) one).compareTo((Boolean) other);
            case INT, LONG -> (one, other) -> Long.compare(((Number) one).longValue(), ((Number) other).longValue());
            case FLOAT, DOUBLE -> (one, other) ->
                    Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
            case STRING -> (one, other) -> byCodePoint((String) one, (String) other);
            case BINARY -> (one, other) -> unsigned((ByteBuffer) one, (ByteBuffer) other);
            case DATE -> (one, other) -> ((LocalDate) one).compareTo((LocalDate) other);
            case TIME -> (one, other) -> ((LocalTime) one).compareTo((LocalTime) other);
            case TIMESTAMP -> (one, other) -> ((LocalDateTime) one).compareTo((LocalDateTime) other);
            case TIMESTAMPTZ -> (one, other) ->
                    ((OffsetDateTime) one).toInstant().compareTo(((OffsetDateTime) other).toInstant());
            case UUID -> (one, other) -> one.toString().compareTo(other.toString());
        };
    }

    /** As their bytes in UTF-8 are ordered, which differs from Java's order where one is beyond the basic plane. */
    static int byCodePoint(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char left = one.charAt(i);
            char right = other.charAt(i);
            if (left != right) {
                boolean beyond = Character.isSurrogate(left);
                return beyond == Character.isSurrogate(right) ? left - right : beyond ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    private static int unsigned(ByteBuffer one, ByteBuffer other) {
        int mismatch = one.mismatch(other);
        if (mismatch < 0) {
            return 0;
        }
        if (mismatch >= one.remaining() || mismatch >= other.remaining()) {
            return Integer.compare(one.remaining(), other.remaining());
        }
        return Byte.compareUnsigned(one.get(one.position() + mismatch), other.get(other.position() + mismatch));
    }
}

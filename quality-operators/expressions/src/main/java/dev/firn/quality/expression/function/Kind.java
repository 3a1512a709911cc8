package dev.firn.quality.expression.function;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/** What a parameter takes, and the Java type that its code gets. */
record Kind<T>(Primitive type, Class<T> values) {

    static final Kind<String> TEXT = new Kind<>(Primitive.STRING, String.class);
    static final Kind<Integer> INT = new Kind<>(Primitive.INT, Integer.class);
    static final Kind<Long> LONG = new Kind<>(Primitive.LONG, Long.class);
    static final Kind<Double> DOUBLE = new Kind<>(Primitive.DOUBLE, Double.class);
    static final Kind<Boolean> BOOLEAN = new Kind<>(Primitive.BOOLEAN, Boolean.class);
    static final Kind<ByteBuffer> BYTES = new Kind<>(Primitive.BINARY, ByteBuffer.class);
    static final Kind<LocalDate> DATE = new Kind<>(Primitive.DATE, LocalDate.class);
    static final Kind<LocalTime> TIME = new Kind<>(Primitive.TIME, LocalTime.class);
    static final Kind<LocalDateTime> TIMESTAMP = new Kind<>(Primitive.TIMESTAMP, LocalDateTime.class);

    /** The argument as this parameter's code wants it; an instant is read in UTC where a timestamp is wanted. */
    Optional<Typed> take(Typed argument) {
        if (type == Primitive.TIMESTAMP && argument.is(Primitive.TIMESTAMPTZ)) {
            return Optional.of(Casts.inUtc(argument));
        }
        return Conversion.convert(argument, type);
    }

    String word() {
        return ((ColumnType) type).toString();
    }
}

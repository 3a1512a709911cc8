package dev.firn.spi.schema;

import dev.firn.spi.schema.ColumnType.Primitive;

/**
 * Which types a column takes: its own, and those whose every value it holds exactly. Avro also promotes long to double and
 * int or long to float, which rounds, so Firn does not.
 */
public final class Widening {

    private Widening() {}

    /** Whether a column of type {@code column} holds every value of type {@code values} without loss. */
    public static boolean isLossless(ColumnType values, ColumnType column) {
        if (values.equals(column)) {
            return true;
        }
        if (values instanceof ColumnType.Decimal narrow && column instanceof ColumnType.Decimal wide) {
            return narrow.scale() == wide.scale() && narrow.precision() < wide.precision();
        }
        return (values == Primitive.INT && (column == Primitive.LONG || column == Primitive.DOUBLE))
                || (values == Primitive.FLOAT && column == Primitive.DOUBLE);
    }

    /**
     * Whether a column of one type can be turned into one of another, with all the values that it has: what Iceberg promotes. An
     * int does not become a double, although a column of doubles takes every int.
     */
    public static boolean isPromotion(ColumnType column, ColumnType to) {
        return !column.equals(to) && isLossless(column, to) && !(column == Primitive.INT && to == Primitive.DOUBLE);
    }
}

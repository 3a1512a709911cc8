package dev.firn.quality.expression;

import dev.firn.quality.expression.function.EvaluationFailure;
import dev.firn.quality.expression.function.Functions;
import dev.firn.quality.expression.function.Typed;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.BitString;

/** What is written out: numbers in the types that Flink SQL gives them, texts, dates. */
final class Literals {

    private static final int MOST_DIGITS = 38;

    private Literals() {}

    static Typed of(SqlLiteral literal, Place place) throws Syntax.Wrong {
        if (literal instanceof SqlUnknownLiteral written) {
            return time(written, place);
        }
        if (literal instanceof SqlIntervalLiteral) {
            throw new Syntax.Wrong(Problem.at(
                    place,
                    "an interval is added to a date or a timestamp, or taken from one; it is no value by itself"));
        }
        Object value = literal.getValue();
        if (value == null || literal.getTypeName() == SqlTypeName.NULL) {
            return literal.getTypeName() == SqlTypeName.UNKNOWN
                    ? Typed.constant(Primitive.BOOLEAN, null)
                    : Typed.bareNull();
        }
        if (literal instanceof SqlNumericLiteral number) {
            return number(number, (BigDecimal) value, place);
        }
        if (value instanceof Boolean bool) {
            return Typed.constant(Primitive.BOOLEAN, bool);
        }
        if (value instanceof BitString bits) {
            return Typed.constant(Primitive.BINARY, ByteBuffer.wrap(bits.getAsByteArray()));
        }
        if (SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            return Typed.constant(Primitive.STRING, literal.getValueAs(String.class));
        }
        throw new Syntax.Wrong(Problem.at(place, "a value of this kind is not known in expressions"));
    }

    private static Typed number(SqlNumericLiteral literal, BigDecimal value, Place place) throws Syntax.Wrong {
        if (literal.getTypeName() == SqlTypeName.DOUBLE) {
            return Typed.constant(Primitive.DOUBLE, value.doubleValue());
        }
        int scale = Math.max(0, value.scale());
        if (scale == 0 && value.unscaledValue().bitLength() < Long.SIZE) {
            long whole = value.longValueExact();
            return whole == (int) whole
                    ? Typed.constant(Primitive.INT, (int) whole)
                    : Typed.constant(Primitive.LONG, whole);
        }
        int digits = Math.max(value.precision(), Math.max(scale, literal.getPrec() == null ? 0 : literal.getPrec()));
        if (digits > MOST_DIGITS) {
            throw new Syntax.Wrong(Problem.at(place, "a number has " + MOST_DIGITS + " digits at most, not " + digits));
        }
        return Typed.constant(new ColumnType.Decimal(digits, scale), value.setScale(scale));
    }

    private static Typed time(SqlUnknownLiteral written, Place place) throws Syntax.Wrong {
        ColumnType type =
                switch (written.tag) {
                    case "DATE" -> Primitive.DATE;
                    case "TIME" -> Primitive.TIME;
                    case "TIMESTAMP", "DATETIME" -> Primitive.TIMESTAMP;
                    case "TIMESTAMP WITH LOCAL TIME ZONE" -> Primitive.TIMESTAMPTZ;
                    case "UUID" -> Primitive.UUID;
                    default -> throw new Syntax.Wrong(
                            Problem.at(place, "a value of this kind is not known in expressions"));
                };
        try {
            return Typed.constant(type, Functions.parse(written.getValue(), type));
        } catch (EvaluationFailure failure) {
            throw new Syntax.Wrong(Problem.at(place, failure.sentence()).expecting(Functions.formOf(type)));
        }
    }
}

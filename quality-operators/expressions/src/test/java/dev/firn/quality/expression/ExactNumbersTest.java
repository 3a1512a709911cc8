package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sums, products and quotients against BigDecimal's and BigInteger's: the same, or a failure that says so. */
class ExactNumbersTest {

    /** A number and the type that it is a value of. */
    record Sample(BigDecimal value, Decimal type) {}

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.integers().between(1, 38).flatMap(precision -> Arbitraries.integers()
                .between(0, precision)
                .flatMap(scale -> Arbitraries.bigIntegers()
                        .between(
                                BigInteger.TEN.pow(precision).negate().add(BigInteger.ONE),
                                BigInteger.TEN.pow(precision).subtract(BigInteger.ONE))
                        .map(unscaled -> new Sample(new BigDecimal(unscaled, scale), new Decimal(precision, scale)))));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void computesDecimalsExactlyAndRoundsOnceToTheTypesScale(@ForAll("samples") Sample a, @ForAll("samples") Sample b) {
        require("a + b", a, b, a.value().add(b.value()));
        require("a - b", a, b, a.value().subtract(b.value()));
        require("a * b", a, b, a.value().multiply(b.value()));
        if (b.value().signum() != 0) {
            require("a / b", a, b, a.value().divide(b.value(), 100, RoundingMode.DOWN));
            require("a % b", a, b, a.value().remainder(b.value()));
        }
    }

    private static void require(String text, Sample a, Sample b, BigDecimal exact) {
        Expression expression = compiled(text, a.type(), b.type());
        Decimal type = (Decimal) expression.type();
        BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision()) {
            assertThatThrownBy(() -> expression.evaluate(new Object[] {a.value(), b.value()}))
                    .isInstanceOf(ExpressionFailed.class)
                    .hasMessageContaining("has more digits than " + type);
        } else {
            assertThat(evaluated(expression, a.value(), b.value())).isEqualTo(rounded);
        }
    }

    @Property(tries = 500)
    void computesLongsExactlyOrFails(@ForAll long a, @ForAll long b) {
        require("a + b", a, b, BigInteger.valueOf(a).add(BigInteger.valueOf(b)));
        require("a - b", a, b, BigInteger.valueOf(a).subtract(BigInteger.valueOf(b)));
        require("a * b", a, b, BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
        if (b != 0) {
            require("a / b", a, b, BigInteger.valueOf(a).divide(BigInteger.valueOf(b)));
            require("a % b", a, b, BigInteger.valueOf(a).remainder(BigInteger.valueOf(b)));
        }
    }

    private static void require(String text, long a, long b, BigInteger exact) {
        Expression expression = compiled(text, Primitive.LONG, Primitive.LONG);
        if (exact.bitLength() > 63) {
            assertThatThrownBy(() -> expression.evaluate(new Object[] {a, b}))
                    .isInstanceOf(ExpressionFailed.class)
                    .hasMessageContaining("does not fit into a long");
        } else {
            assertThat(evaluated(expression, a, b)).isEqualTo(exact.longValueExact());
        }
    }

    private static Object evaluated(Expression expression, Object a, Object b) {
        try {
            return String.valueOf(expression.evaluate(new Object[] {a, b})).isEmpty()
                    ? ""
                    : java.util.Objects.requireNonNull(expression.evaluate(new Object[] {a, b}));
        } catch (ExpressionFailed e) {
            throw new AssertionError(e);
        }
    }

    private static Expression compiled(
            String text, dev.firn.spi.schema.ColumnType a, dev.firn.spi.schema.ColumnType b) {
        TableSchema schema = new TableSchema(List.of(Column.required("a", a), Column.required("b", b)));
        return new ExpressionCompiler(schema, (struct, index) -> null)
                .compile(text)
                .value()
                .orElseThrow();
    }
}

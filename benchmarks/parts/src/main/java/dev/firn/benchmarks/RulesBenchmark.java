package dev.firn.benchmarks;

import dev.firn.quality.expression.Condition;
import dev.firn.quality.expression.Condition.Truth;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Rules about an order: each row is tested by all of them. A row is what a decoder fills; rows are in memory before the clock starts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RulesBenchmark {

    static final Map<String, List<String>> RULES = Map.of(
            "SIMPLE",
            List.of(
                    "amount > 0",
                    "status in ('NEW', 'PAID', 'SHIPPED')",
                    "email like '%@%'",
                    "char_length(note) <= 40",
                    "quantity is not null",
                    "quantity between 1 and 1000",
                    "currency = 'EUR' or currency = 'USD'",
                    "discount >= 0.0",
                    "placed_at >= timestamp '2020-01-01 00:00:00'",
                    "country <> ''"));

    static final TableSchema ORDERS = new TableSchema(List.of(
            Column.required("order_id", Primitive.LONG),
            Column.required("amount", new Decimal(12, 2)),
            Column.required("status", Primitive.STRING),
            Column.optional("email", Primitive.STRING),
            Column.optional("note", Primitive.STRING),
            Column.optional("quantity", Primitive.INT),
            Column.required("currency", Primitive.STRING),
            Column.optional("discount", Primitive.DOUBLE),
            Column.required("placed_at", Primitive.TIMESTAMPTZ),
            Column.optional("country", Primitive.STRING),
            Column.optional("shipped_on", Primitive.DATE)));

    private static final int ROWS = 256;
    private static final long SEED = 20261127;

    @Param("SIMPLE")
    private String rules = "SIMPLE";

    private @Nullable Object[][] rows = {};
    private Condition[] conditions = {};

    /** No speed without sameness: both ways say the same of each row. */
    @Setup
    public void prepare() throws ExpressionFailed {
        Random random = new Random(SEED);
        rows = new Object[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = row(random, i);
        }
        ExpressionCompiler compiler = new ExpressionCompiler(ORDERS, (struct, index) -> null);
        conditions = RULES.getOrDefault(rules, List.of()).stream()
                .map(text -> compiler.condition(text).value().orElseThrow())
                .toArray(Condition[]::new);
        for (@Nullable Object[] row : rows) {
            if (falseOnes(row) != RulesByHand.falseOnes(row)) {
                throw new IllegalStateException("the rules by hand are not those of the texts");
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void firn(Blackhole answers) throws ExpressionFailed {
        for (@Nullable Object[] row : rows) {
            answers.consume(falseOnes(row));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void byHand(Blackhole answers) {
        for (@Nullable Object[] row : rows) {
            answers.consume(RulesByHand.falseOnes(row));
        }
    }

    /** A bit for each rule that is false. */
    int falseOnes(@Nullable Object[] row) throws ExpressionFailed {
        int bits = 0;
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].test(row) == Truth.FALSE) {
                bits |= 1 << i;
            }
        }
        return bits;
    }

    static RulesBenchmark prepared() throws ExpressionFailed {
        RulesBenchmark benchmark = new RulesBenchmark();
        benchmark.prepare();
        return benchmark;
    }

    int rowsThatFailSomeRule() throws ExpressionFailed {
        int failing = 0;
        for (@Nullable Object[] row : rows) {
            failing += falseOnes(row) == 0 ? 0 : 1;
        }
        return failing;
    }

    /** One in ten has something wrong, and some are null. */
    private static @Nullable Object[] row(Random random, int i) {
        boolean wrong = random.nextInt(10) == 0;
        return new Object[] {
            (long) i,
            BigDecimal.valueOf(wrong ? -1 : 1 + random.nextInt(1_000_000), 2),
            wrong && random.nextBoolean()
                    ? "LOST"
                    : List.of("NEW", "PAID", "SHIPPED").get(random.nextInt(3)),
            random.nextInt(20) == 0 ? null : "customer" + random.nextInt(100_000) + "@example.org",
            random.nextInt(3) == 0 ? null : "leave it at the door ".repeat(wrong ? 3 : 1),
            random.nextInt(50) == 0 ? null : (Integer) (1 + random.nextInt(20)),
            List.of("EUR", "USD").get(random.nextInt(2)),
            random.nextInt(2) == 0 ? null : (Double) (random.nextInt(30) / 100.0),
            OffsetDateTime.of(2026, 1 + random.nextInt(12), 1, random.nextInt(24), 0, 0, 123_456_000, ZoneOffset.UTC),
            random.nextInt(20) == 0 ? null : List.of("DE", "FR", "AT", "CH").get(random.nextInt(4)),
            LocalDate.of(2026, 11, 1 + random.nextInt(28))
        };
    }
}

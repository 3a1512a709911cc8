package dev.firn.quality.expression;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Decimal;
import dev.firn.spi.schema.ColumnType.ListOf;
import dev.firn.spi.schema.ColumnType.MapOf;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.ColumnType.Struct;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows with values of each type: plain ones, negative ones, empty ones, none at all, the largest, and some beyond Latin. */
final class SampleRows {

    private static final Struct INNER = new Struct(List.of(Column.optional("c", Primitive.STRING)));
    private static final Struct OUTER =
            new Struct(List.of(Column.optional("a", Primitive.INT), Column.optional("b", INNER)));

    static final TableSchema SCHEMA = new TableSchema(List.of(
            Column.optional("i", Primitive.INT),
            Column.optional("j", Primitive.INT),
            Column.optional("l", Primitive.LONG),
            Column.optional("f", Primitive.FLOAT),
            Column.optional("d", Primitive.DOUBLE),
            Column.optional("n", new Decimal(10, 2)),
            Column.optional("m", new Decimal(38, 10)),
            Column.optional("s", Primitive.STRING),
            Column.optional("t", Primitive.STRING),
            Column.optional("p", Primitive.BOOLEAN),
            Column.optional("q", Primitive.BOOLEAN),
            Column.optional("day1", Primitive.DATE),
            Column.optional("clock", Primitive.TIME),
            Column.optional("ts", Primitive.TIMESTAMP),
            Column.optional("tz", Primitive.TIMESTAMPTZ),
            Column.optional("xs", new ListOf(Primitive.INT, Nullability.OPTIONAL)),
            Column.optional("kv", new MapOf(Primitive.STRING, Nullability.OPTIONAL)),
            Column.optional("st", OUTER),
            Column.optional("raw1", Primitive.BINARY)));

    static final StructFields STRUCTS = (struct, index) -> ((List<?>) struct).get(index);

    static final ExpressionCompiler COMPILER = new ExpressionCompiler(SCHEMA, STRUCTS);

    private SampleRows() {}

    /** Structs are lists here. */
    static List<@Nullable Object[]> all() {
        return Stream.of(
                        row(
                                7,
                                2,
                                5_000_000_000L,
                                1.5f,
                                2.25,
                                "19.99",
                                "12345.6789012345",
                                "snow",
                                "fall",
                                true,
                                false,
                                "2026-11-27",
                                "08:30:15.250",
                                "2026-11-27T08:30:15.123456",
                                java.util.Arrays.asList(3, 1, null),
                                Map.of("k", "v"),
                                11,
                                "inner",
                                "firn"),
                        row(
                                -7,
                                3,
                                -12L,
                                -0.75f,
                                -3.5,
                                "-2.50",
                                "-0.0000000005",
                                "Hello World",
                                "o",
                                false,
                                null,
                                "1969-12-31",
                                "23:59:59.999",
                                "1969-12-31T23:59:59.999999",
                                List.of(),
                                Map.of(),
                                -1,
                                "x",
                                "\u0000"),
                        row(
                                0,
                                0,
                                0L,
                                0f,
                                0.0,
                                "0.00",
                                "0.0000000000",
                                "",
                                "",
                                true,
                                true,
                                "2024-02-29",
                                "00:00:00",
                                "2024-02-29T00:00:00",
                                List.of(0),
                                Map.of("", ""),
                                0,
                                "",
                                ""),
                        new Object[SCHEMA.columns().size()],
                        row(
                                Integer.MAX_VALUE,
                                -1,
                                Long.MAX_VALUE,
                                3.4e38f,
                                1e300,
                                "99999999.99",
                                "9999999999999999999999999999.9999999999",
                                "12",
                                " 3.75 ",
                                null,
                                true,
                                "2100-01-01",
                                "12:00:00",
                                "2100-12-31T23:59:59",
                                List.of(1, 2),
                                Map.of("k", "w", "l", "x"),
                                5,
                                "%_",
                                "abc"),
                        row(
                                1,
                                10,
                                86_400L,
                                0.1f,
                                0.1,
                                "0.01",
                                "3.1415926536",
                                "grüße 😀 b",
                                "😀",
                                false,
                                false,
                                "2000-03-01",
                                "06:07:08",
                                "2000-03-01T06:07:08.000001",
                                List.of(42),
                                Map.of("😀", "ü"),
                                1,
                                "ß",
                                "ü"))
                .toList();
    }

    private static @Nullable Object[] row(
            int i,
            int j,
            long l,
            float f,
            double d,
            String n,
            String m,
            String s,
            String t,
            @Nullable Boolean p,
            @Nullable Boolean q,
            String day,
            String clock,
            String ts,
            List<?> xs,
            Map<?, ?> kv,
            int a,
            String c,
            String raw) {
        LocalDateTime time = LocalDateTime.parse(ts);
        return new Object[] {
            i,
            j,
            l,
            f,
            d,
            new BigDecimal(n),
            new BigDecimal(m),
            s,
            t,
            p,
            q,
            LocalDate.parse(day),
            LocalTime.parse(clock),
            time,
            time.atOffset(ZoneOffset.UTC),
            xs,
            kv,
            List.of(a, List.of(c)),
            ByteBuffer.wrap(raw.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        };
    }

    static ColumnType type(String column) {
        return SCHEMA.column(column).orElseThrow().type();
    }
}

package dev.firn.schema.avro;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;

/** Every Avro type with the column that it becomes, what there is to know of it, and its edges: the page is made of it. */
final class TypeTable {

    private static final UUID SOME_UUID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final BigDecimal WIDEST =
            new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 10);

    private TypeTable() {}

    /**
     * A line of the page.
     *
     * @param avro the type, as Markdown
     * @param iceberg the column's type, as Markdown; the types of the values say whether that is true
     * @param values each is written by Avro and read by Firn, in every place that a value can have
     */
    record Line(String avro, String iceberg, String note, List<Case> values) {}

    /** One type and one value, as Avro writes it and as a row has it. */
    record Case(String avro, ColumnType type, Object written, Object read) {
        @Override
        public String toString() {
            return avro + " " + read;
        }
    }

    static List<Line> lines() {
        return List.of(
                line("`boolean`", "`boolean`", "", same("'boolean'", Primitive.BOOLEAN, true, false)),
                line(
                        "`int`",
                        "`int`",
                        "",
                        same("'int'", Primitive.INT, 0, -1, 63, 64, -65, Integer.MIN_VALUE, Integer.MAX_VALUE)),
                line(
                        "`long`",
                        "`long`",
                        "",
                        same("'long'", Primitive.LONG, 0L, 1L << 35, Long.MIN_VALUE, Long.MAX_VALUE)),
                line(
                        "`float`",
                        "`float`",
                        "`NaN` and the infinities are kept",
                        same("'float'", Primitive.FLOAT, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY)),
                line(
                        "`double`",
                        "`double`",
                        "`NaN` and the infinities are kept",
                        same("'double'", Primitive.DOUBLE, -0d, Double.MAX_VALUE, Double.NaN, Math.PI)),
                line(
                        "`string`",
                        "`string`",
                        "read strictly: overlong forms and lone surrogates are `bad-utf8`, and nothing is replaced",
                        same("'string'", Primitive.STRING, "", "plain", "äöü", "\u0000", "\uFFFD", "😀 snow")),
                line(
                        "`bytes`",
                        "`binary`",
                        "",
                        one("'bytes'", Primitive.BINARY, bytes(), ByteBuffer.wrap(new byte[0])),
                        one("'bytes'", Primitive.BINARY, bytes(0, -1), ByteBuffer.wrap(new byte[] {0, -1}))),
                line(
                        "`fixed(n)`",
                        "`fixed(n)`",
                        "n = 0 is an error",
                        fixed("{'type': 'fixed', 'name': 'F', 'size': 3}", new ColumnType.Fixed(3), 1, -2, 3)),
                line("`enum`", "`string`", "the symbol; a number that names no symbol is `invalid-value`", enums()),
                line(
                        "`decimal(p, s)` on `bytes` or `fixed`",
                        "`decimal(p, s)`",
                        "p > 38 is an error, or [JSON](#fields-as-json); more digits than p in a record: `decimal-overflow`",
                        decimals()),
                line(
                        "`date` on `int`",
                        "`date`",
                        "every day fits",
                        date(0, "1970-01-01"),
                        date(-1, "1969-12-31"),
                        date(-719_529, "-0001-12-31"),
                        one(
                                logical("int", "date"),
                                Primitive.DATE,
                                Integer.MIN_VALUE,
                                LocalDate.ofEpochDay(Integer.MIN_VALUE)),
                        one(
                                logical("int", "date"),
                                Primitive.DATE,
                                Integer.MAX_VALUE,
                                LocalDate.ofEpochDay(Integer.MAX_VALUE))),
                line(
                        "`time-millis` on `int`, `time-micros` on `long`",
                        "`time`",
                        "micros kept; outside a day: `invalid-value`",
                        one(logical("int", "time-millis"), Primitive.TIME, 0, LocalTime.MIDNIGHT),
                        one(logical("int", "time-millis"), Primitive.TIME, 86_399_999, LocalTime.parse("23:59:59.999")),
                        one(logical("long", "time-micros"), Primitive.TIME, 1L, LocalTime.parse("00:00:00.000001")),
                        one(
                                logical("long", "time-micros"),
                                Primitive.TIME,
                                86_399_999_999L,
                                LocalTime.parse("23:59:59.999999"))),
                line(
                        "`timestamp-millis`, `timestamp-micros`",
                        "`timestamptz`",
                        "an instant, as Avro says; micros kept; in milliseconds beyond the year 294,247 or so: `invalid-value`",
                        instant("timestamp-millis", 0, "1970-01-01T00:00:00Z"),
                        instant("timestamp-millis", -1, "1969-12-31T23:59:59.999Z"),
                        instant("timestamp-millis", -62_135_596_800_001L, "0000-12-31T23:59:59.999Z"),
                        instant("timestamp-millis", Long.MAX_VALUE / 1000, "+294247-01-10T04:00:54.775Z"),
                        instant("timestamp-millis", Long.MIN_VALUE / 1000, "-290308-12-21T19:59:05.225Z"),
                        instant("timestamp-micros", -1, "1969-12-31T23:59:59.999999Z"),
                        instant("timestamp-micros", 1_700_000_000_123_456L, "2023-11-14T22:13:20.123456Z"),
                        instant("timestamp-micros", Long.MIN_VALUE, "-290308-12-21T19:59:05.224192Z"),
                        instant("timestamp-micros", Long.MAX_VALUE, "+294247-01-10T04:00:54.775807Z")),
                line(
                        "`local-timestamp-millis`, `local-timestamp-micros`",
                        "`timestamp`",
                        "no zone; micros kept",
                        local("local-timestamp-millis", -1, "1969-12-31T23:59:59.999"),
                        local("local-timestamp-micros", 1, "1970-01-01T00:00:00.000001"),
                        local("local-timestamp-micros", Long.MIN_VALUE, "-290308-12-21T19:59:05.224192")),
                line(
                        "`timestamp-nanos`",
                        "`timestamptz`",
                        "an error, for it does not fit into microseconds, unless the `format` says `nanoseconds: truncate`: then"
                                + " what is below a microsecond is cut off, towards the past",
                        instant("timestamp-nanos", -1, "1969-12-31T23:59:59.999999Z"),
                        instant("timestamp-nanos", Long.MIN_VALUE, "1677-09-21T00:12:43.145224Z"),
                        instant("timestamp-nanos", Long.MAX_VALUE, "2262-04-11T23:47:16.854775Z")),
                line(
                        "`local-timestamp-nanos`",
                        "`timestamp`",
                        "the same",
                        local("local-timestamp-nanos", 1_999, "1970-01-01T00:00:00.000001")),
                line(
                        "`uuid` on `string` or `fixed(16)`",
                        "`uuid`",
                        "a text that is no uuid in full form: `invalid-value`",
                        one(logical("string", "uuid"), Primitive.UUID, SOME_UUID.toString(), SOME_UUID),
                        one(
                                logical("string", "uuid"),
                                Primitive.UUID,
                                "00112233-4455-6677-8899-AABBCCDDEEFF",
                                SOME_UUID),
                        uuidBytes()),
                line(
                        "`duration` on `fixed(12)`",
                        "`struct<months: long, days: long, millis: long>`",
                        "Avro's three unsigned numbers",
                        durations()));
    }

    @SafeVarargs
    private static Line line(String avro, String iceberg, String note, Stream<Case>... values) {
        List<Case> all = new ArrayList<>();
        for (Stream<Case> some : values) {
            some.forEach(all::add);
        }
        return new Line(avro, iceberg, note, all);
    }

    private static Stream<Case> same(String avro, ColumnType type, Object... values) {
        return Arrays.stream(values).map(value -> new Case(avro, type, value, value));
    }

    private static Stream<Case> one(String avro, ColumnType type, Object written, Object read) {
        return Stream.of(new Case(avro, type, written, read));
    }

    private static String logical(String type, String logical) {
        return "{'type': '" + type + "', 'logicalType': '" + logical + "'}";
    }

    private static Stream<Case> date(int days, String date) {
        return one(logical("int", "date"), Primitive.DATE, days, LocalDate.parse(date));
    }

    private static Stream<Case> instant(String logical, long value, String instant) {
        return one(logical("long", logical), Primitive.TIMESTAMPTZ, value, OffsetDateTime.parse(instant));
    }

    private static Stream<Case> local(String logical, long value, String local) {
        return one(logical("long", logical), Primitive.TIMESTAMP, value, LocalDateTime.parse(local));
    }

    private static Stream<Case> enums() {
        String avro = "{'type': 'enum', 'name': 'E', 'symbols': ['NEW', 'PAID']}";
        return Stream.of("NEW", "PAID")
                .map(symbol -> new Case(
                        avro, Primitive.STRING, new GenericData.EnumSymbol(AvroBytes.schema(avro), symbol), symbol));
    }

    private static Stream<Case> fixed(String avro, ColumnType type, int... values) {
        return one(avro, type, new GenericData.Fixed(AvroBytes.schema(avro), array(values)), array(values));
    }

    private static Stream<Case> uuidBytes() {
        String avro = "{'type': 'fixed', 'name': 'U', 'size': 16, 'logicalType': 'uuid'}";
        byte[] value = ByteBuffer.allocate(16)
                .putLong(SOME_UUID.getMostSignificantBits())
                .putLong(SOME_UUID.getLeastSignificantBits())
                .array();
        return one(avro, Primitive.UUID, new GenericData.Fixed(AvroBytes.schema(avro), value), SOME_UUID);
    }

    private static Stream<Case> durations() {
        String avro = "{'type': 'fixed', 'name': 'D', 'size': 12, 'logicalType': 'duration'}";
        ColumnType type = new ColumnType.Struct(List.of(
                Column.required("months", Primitive.LONG),
                Column.required("days", Primitive.LONG),
                Column.required("millis", Primitive.LONG)));
        byte[] value = array(1, 0, 0, 0, 0, 1, 0, 0, -1, -1, -1, -1);
        return one(
                avro,
                type,
                new GenericData.Fixed(AvroBytes.schema(avro), value),
                Row.of("months", 1L, "days", 256L, "millis", 4_294_967_295L));
    }

    private static Stream<Case> decimals() {
        List<Case> cases = new ArrayList<>();
        for (String value : List.of("0.00", "-0.01", "123.45", "999.99", "-999.99")) {
            cases.add(decimalInBytes(5, new BigDecimal(value)));
            cases.add(decimalInFixed(3, 5, new BigDecimal(value)));
            cases.add(decimalInFixed(11, 5, new BigDecimal(value)));
        }
        for (BigDecimal value : List.of(WIDEST, WIDEST.negate())) {
            cases.add(decimalInBytes(38, value));
            cases.add(decimalInFixed(16, 38, value));
        }
        cases.add(decimalInBytes(18, new BigDecimal("999999999999999999")));
        cases.add(decimalInBytes(19, new BigDecimal("-9223372036854775809")));
        return cases.stream();
    }

    private static Case decimalInBytes(int precision, BigDecimal value) {
        String avro = "{'type': 'bytes', 'logicalType': 'decimal', 'precision': " + precision + ", 'scale': "
                + value.scale() + "}";
        ByteBuffer written = ByteBuffer.wrap(value.unscaledValue().toByteArray());
        return new Case(avro, new ColumnType.Decimal(precision, value.scale()), written, value);
    }

    private static Case decimalInFixed(int size, int precision, BigDecimal value) {
        String avro = "{'type': 'fixed', 'name': 'N', 'size': " + size + ", 'logicalType': 'decimal', 'precision': "
                + precision + ", 'scale': " + value.scale() + "}";
        byte[] number = value.unscaledValue().toByteArray();
        byte[] padded = new byte[size];
        Arrays.fill(padded, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(number, 0, padded, size - number.length, number.length);
        Object written = new GenericData.Fixed(AvroBytes.schema(avro), padded);
        return new Case(avro, new ColumnType.Decimal(precision, value.scale()), written, value);
    }

    private static ByteBuffer bytes(int... values) {
        return ByteBuffer.wrap(array(values));
    }

    private static byte[] array(int... values) {
        byte[] array = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            array[i] = (byte) values[i];
        }
        return array;
    }
}

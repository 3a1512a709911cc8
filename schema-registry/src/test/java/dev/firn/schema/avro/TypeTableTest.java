package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the type table, with its edges: written by Avro's writer, read by ours. */
class TypeTableTest {

    private static final UUID SOME_UUID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final BigDecimal WIDEST =
            new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 10);

    /** One type and one value, as Avro writes it and as a row has it. */
    record Case(String avro, ColumnType type, Object written, Object read) {
        @Override
        public String toString() {
            return avro + " " + read;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                        same("'boolean'", Primitive.BOOLEAN, true, false),
                        same("'int'", Primitive.INT, 0, -1, 63, 64, -65, Integer.MIN_VALUE, Integer.MAX_VALUE),
                        same("'long'", Primitive.LONG, 0L, 1L << 35, Long.MIN_VALUE, Long.MAX_VALUE),
                        same("'float'", Primitive.FLOAT, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY),
                        same("'double'", Primitive.DOUBLE, -0d, Double.MAX_VALUE, Double.NaN, Math.PI),
                        same("'string'", Primitive.STRING, "", "plain", "äöü", "\u0000", "\uFFFD", "😀 snow"),
                        one("'bytes'", Primitive.BINARY, bytes(), ByteBuffer.wrap(new byte[0])),
                        one("'bytes'", Primitive.BINARY, bytes(0, -1), ByteBuffer.wrap(new byte[] {0, -1})),
                        enums(),
                        fixed("{'type': 'fixed', 'name': 'F', 'size': 3}", new ColumnType.Fixed(3), 1, -2, 3),
                        decimals(),
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
                                LocalDate.ofEpochDay(Integer.MAX_VALUE)),
                        one(logical("int", "time-millis"), Primitive.TIME, 0, LocalTime.MIDNIGHT),
                        one(logical("int", "time-millis"), Primitive.TIME, 86_399_999, LocalTime.parse("23:59:59.999")),
                        one(logical("long", "time-micros"), Primitive.TIME, 1L, LocalTime.parse("00:00:00.000001")),
                        one(
                                logical("long", "time-micros"),
                                Primitive.TIME,
                                86_399_999_999L,
                                LocalTime.parse("23:59:59.999999")),
                        instant("timestamp-millis", 0, "1970-01-01T00:00:00Z"),
                        instant("timestamp-millis", -1, "1969-12-31T23:59:59.999Z"),
                        instant("timestamp-millis", -62_135_596_800_001L, "0000-12-31T23:59:59.999Z"),
                        instant("timestamp-millis", Long.MAX_VALUE / 1000, "+294247-01-10T04:00:54.775Z"),
                        instant("timestamp-millis", Long.MIN_VALUE / 1000, "-290308-12-21T19:59:05.225Z"),
                        instant("timestamp-micros", -1, "1969-12-31T23:59:59.999999Z"),
                        instant("timestamp-micros", 1_700_000_000_123_456L, "2023-11-14T22:13:20.123456Z"),
                        instant("timestamp-micros", Long.MIN_VALUE, "-290308-12-21T19:59:05.224192Z"),
                        instant("timestamp-micros", Long.MAX_VALUE, "+294247-01-10T04:00:54.775807Z"),
                        local("local-timestamp-millis", -1, "1969-12-31T23:59:59.999"),
                        local("local-timestamp-micros", 1, "1970-01-01T00:00:00.000001"),
                        local("local-timestamp-micros", Long.MIN_VALUE, "-290308-12-21T19:59:05.224192"),
                        one(logical("string", "uuid"), Primitive.UUID, SOME_UUID.toString(), SOME_UUID),
                        one(
                                logical("string", "uuid"),
                                Primitive.UUID,
                                "00112233-4455-6677-8899-AABBCCDDEEFF",
                                SOME_UUID),
                        uuidBytes(),
                        durations())
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsARequiredValue(Case one) throws Rejected {
        Schema schema = record("v " + one.avro());

        assertThat(AvroBytes.table(schema).columns()).containsExactly(Column.required("v", one.type()));
        assertThat(roundTrip(schema, one.written())).isEqualTo(Row.of("v", one.read()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAnOptionalValueAndItsAbsence(Case one) throws Rejected {
        Schema nullFirst = record("v ['null', " + one.avro() + "]");
        Schema nullLast = record("v [" + one.avro() + ", 'null']");

        for (Schema schema : List.of(nullFirst, nullLast)) {
            assertThat(AvroBytes.table(schema).columns()).containsExactly(Column.optional("v", one.type()));
            assertThat(roundTrip(schema, one.written())).isEqualTo(Row.of("v", one.read()));
            assertThat(roundTrip(schema, null)).isEqualTo(Row.of("v", null));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAValueInsideArraysMapsRecordsAndUnions(Case one) throws Rejected {
        assertNested(
                one,
                "{'type': 'array', 'items': " + one.avro() + "}",
                new ColumnType.ListOf(one.type(), Nullability.REQUIRED),
                List.of(one.written(), one.written()),
                List.of(one.read(), one.read()));
        assertNested(
                one,
                "{'type': 'array', 'items': ['null', " + one.avro() + "]}",
                new ColumnType.ListOf(one.type(), Nullability.OPTIONAL),
                Arrays.asList(one.written(), null),
                Arrays.asList(one.read(), null));
        assertNested(
                one,
                "{'type': 'map', 'values': " + one.avro() + "}",
                new ColumnType.MapOf(one.type(), Nullability.REQUIRED),
                Map.of("k", one.written()),
                Map.of("k", one.read()));
        assertNested(
                one,
                "{'type': 'map', 'values': [" + one.avro() + ", 'null']}",
                new ColumnType.MapOf(one.type(), Nullability.OPTIONAL),
                nullable(one.written()),
                nullable(one.read()));
        Schema inner = AvroBytes.schema(
                "{'type': 'record', 'name': 'I', 'fields': [{'name': 'x', 'type': " + one.avro() + "}]}");
        GenericData.Record innerRecord = new GenericData.Record(inner);
        innerRecord.put("x", one.written());
        assertNested(
                one,
                inner.toString(),
                new ColumnType.Struct(List.of(Column.required("x", one.type()))),
                innerRecord,
                Row.of("x", one.read()));
        assertNested(
                one,
                "['null', " + inner + ", {'type': 'array', 'items': 'I'}]",
                new ColumnType.Struct(List.of(
                        Column.optional("I", new ColumnType.Struct(List.of(Column.required("x", one.type())))),
                        Column.optional(
                                "array",
                                new ColumnType.ListOf(
                                        new ColumnType.Struct(List.of(Column.required("x", one.type()))),
                                        Nullability.REQUIRED)))),
                List.of(innerRecord),
                Row.of("I", null, "array", List.of(Row.of("x", one.read()))));
    }

    private static void assertNested(Case one, String avro, ColumnType type, Object written, Object read)
            throws Rejected {
        Schema schema = record("v " + avro);
        assertThat(AvroBytes.table(schema).columns().get(0).type())
                .as(one.toString())
                .isEqualTo(type);
        assertThat(roundTrip(schema, written)).isEqualTo(Row.of("v", read));
    }

    private static Row roundTrip(Schema schema, @Nullable Object value) throws Rejected {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("v", value);
        return AvroBytes.decode(schema, AvroBytes.encode(schema, record));
    }

    private static Map<String, @Nullable Object> nullable(Object value) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("there", value);
        map.put("not", null);
        return map;
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

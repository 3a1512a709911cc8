package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.framed;
import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.AvroBytes.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that become a text of JSON because the file says so. */
class JsonFieldsTest {

    private static final String NODE = "{'type': 'record', 'name': 'Node', 'fields': [{'name': 'n', 'type': 'int'},"
            + " {'name': 'next', 'type': ['null', 'Node']}]}";
    private static final Schema CHAIN = record("id 'long'", "chain " + NODE, "after 'string'");
    private static final AvroRules RULES = json("chain");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("'boolean'", true, "true"),
                Arguments.of("'long'", Long.MAX_VALUE, "9223372036854775807"),
                Arguments.of("'float'", 0.1f, "0.1"),
                Arguments.of("'double'", Double.NaN, "\"NaN\""),
                Arguments.of("'double'", Double.NEGATIVE_INFINITY, "\"-Infinity\""),
                Arguments.of("'string'", "a \"b\"\n\u0001 😀", "\"a \\\"b\\\"\\n\\u0001 😀\""),
                Arguments.of("'bytes'", ByteBuffer.wrap(new byte[] {0, -1, 62}), "\"AP8+\""),
                Arguments.of(logical("int", "date"), -1, "\"1969-12-31\""),
                Arguments.of(logical("long", "time-micros"), 0L, "\"00:00:00\""),
                Arguments.of(logical("long", "timestamp-millis"), 0L, "\"1970-01-01T00:00:00Z\""),
                Arguments.of(logical("long", "timestamp-nanos"), -1L, "\"1969-12-31T23:59:59.999999999Z\""),
                Arguments.of(logical("long", "local-timestamp-nanos"), 1L, "\"1970-01-01T00:00:00.000000001\""),
                Arguments.of(
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 60, 'scale': 2}",
                        ByteBuffer.wrap(new BigInteger("1" + "0".repeat(40)).toByteArray()),
                        "1" + "0".repeat(38) + ".00"),
                Arguments.of("{'type': 'array', 'items': ['null', 'int']}", Arrays.asList(1, null), "[1,null]"),
                Arguments.of("{'type': 'map', 'values': 'string'}", new TreeMap<>(Map.of("k", "v")), "{\"k\":\"v\"}"),
                Arguments.of("['string', 'int']", 5, "5"),
                Arguments.of("['null', 'string']", null, null),
                Arguments.of("['null', 'string', 'int']", "x", "\"x\""));
    }

    private static String logical(String type, String word) {
        return "{'type': '" + type + "', 'logicalType': '" + word + "'}";
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueHasItsText(String type, @Nullable Object value, @Nullable String expected) throws Rejected {
        Schema schema = record("f " + type);
        byte[] bytes =
                encode(schema, new GenericRecordBuilder(schema).set("f", value).build());
        AvroRules rules = json("f");
        TableSchema table = AvroColumns.of(schema, rules).table().orElseThrow();

        Row row = decode(schema, rules, table, bytes);

        assertThat(table.columns().get(0).type()).isEqualTo(Primitive.STRING);
        assertThat(table.columns().get(0).isOptional()).isEqualTo(type.contains("['null'") && !type.contains("items"));
        assertThat(row.value("f")).isEqualTo(expected);
    }

    @Test
    void aRecordThatContainsItselfIsAText() throws Rejected {
        Row row = decode(CHAIN, RULES, columns(), chain(3));

        assertThat(row)
                .isEqualTo(Row.of(
                        "id",
                        7L,
                        "chain",
                        "{\"n\":1,\"next\":{\"n\":2,\"next\":{\"n\":3,\"next\":null}}}",
                        "after",
                        "end"));
    }

    @Test
    void itIsNestedAsDeepAsAThreadsStackAllows() throws Rejected {
        assertThat(decode(CHAIN, RULES, columns(), chain(500)).value("after")).isEqualTo("end");

        Rejected rejected = refused(() -> decode(CHAIN, RULES, columns(), chain(501)));
        assertThat(rejected.code()).isEqualTo(RejectCode.INVALID_VALUE);
        assertThat(rejected.reason()).isEqualTo("`chain` is nested more than 500 deep");
    }

    @Test
    void whoGoesPastItGoesNoDeeper() throws Rejected {
        TableSchema after = new TableSchema(List.of(Column.required("after", Primitive.STRING)));
        AvroReading reading = new AvroReading(null, RULES);

        assertThat(AvroDecoder.projection(CHAIN, reading, after, Row.FACTORY).decode(raw(chain(500))))
                .isEqualTo(Row.of("after", "end"));
        assertThat(refused(() -> AvroDecoder.projection(CHAIN, reading, after, Row.FACTORY)
                                .decode(raw(chain(100_000))))
                        .code())
                .isEqualTo(RejectCode.INVALID_VALUE);
    }

    /** Jackson would stop at a thousand levels of its own. */
    @Test
    void arraysAndMapsInsideCountToo() throws Rejected {
        String node = "{'type': 'record', 'name': 'N', 'fields': [{'name': 'c', 'type': {'type': 'array', 'items':"
                + " {'type': 'map', 'values': 'N'}}}]}";
        Schema schema = record("f " + node, "after 'int'");
        AvroRules rules = json("f");
        TableSchema table = AvroColumns.of(schema, rules).table().orElseThrow();
        TableSchema after = new TableSchema(List.of(Column.required("after", Primitive.INT)));
        AvroReading reading = new AvroReading(null, rules);

        assertThat(decode(schema, rules, table, nested(167)).value("after")).isEqualTo(5);
        assertThat(refused(() -> decode(schema, rules, table, nested(168))).reason())
                .endsWith(" is nested more than 500 deep");
        assertThat(AvroDecoder.projection(schema, reading, after, Row.FACTORY).decode(raw(nested(167))))
                .isEqualTo(Row.of("after", 5));
        assertThat(refused(() -> AvroDecoder.projection(schema, reading, after, Row.FACTORY)
                                .decode(raw(nested(168))))
                        .code())
                .isEqualTo(RejectCode.INVALID_VALUE);
    }

    /** So many records, in an array and a map each; the innermost array is empty. */
    private static byte[] nested(int records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, 7});
        for (int n = 1; n < records; n++) {
            out.writeBytes(new byte[] {2, 2, 2, 'k'});
        }
        out.write(0);
        for (int n = 1; n < records; n++) {
            out.writeBytes(new byte[] {0, 0});
        }
        out.write(10);
        return out.toByteArray();
    }

    @Test
    void aDecimalThatIsNoTextIsRejected() {
        Schema schema = record("f {'type': 'bytes', 'logicalType': 'decimal', 'precision': 20000, 'scale': 10000}");
        AvroRules rules = json("f");

        assertThat(refused(() -> decode(
                                schema,
                                rules,
                                AvroColumns.of(schema, rules).table().orElseThrow(),
                                framed(2, 1)))
                        .reason())
                .isEqualTo("`f` is a decimal of 20000 digits, and a text has at most 1000");
    }

    /** That the name is also a former one of the field makes no text of another. */
    @Test
    void aFieldThatOnlyHasTheFormerNameIsNoText() throws Rejected {
        Schema writer = record("old 'string'", "now 'string'");
        Schema reader = record("now 'string', 'aliases': ['old']", "old 'string'");
        AvroRules rules = json("now");
        TableSchema table = AvroColumns.of(reader, rules).table().orElseThrow();

        assertThat(AvroDecoder.compile(writer, new AvroReading(reader, rules), table, Row.FACTORY)
                        .decode(raw(framed(2, 'a', 2, 'b'))))
                .isEqualTo(Row.of("now", "\"b\"", "old", "a"));
    }

    @Test
    void aColumnOfAnotherTypeDoesNotTakeIt() {
        TableSchema table = new TableSchema(List.of(
                Column.required("id", Primitive.LONG),
                Column.required("chain", Primitive.LONG),
                Column.required("after", Primitive.STRING)));

        assertThat(refused(() -> decode(CHAIN, RULES, table, chain(1))).reason())
                .isEqualTo("`chain` is string, and the table's column is long");
    }

    @Test
    void aMapWithAKeyTwiceIsRefusedThereToo() {
        Schema schema = record("f {'type': 'map', 'values': 'int'}");
        byte[] twice = framed(4, 2, 'k', 2, 2, 'k', 4, 0);
        AvroRules rules = json("f");

        assertThat(refused(() -> decode(
                                schema,
                                rules,
                                AvroColumns.of(schema, rules).table().orElseThrow(),
                                twice))
                        .reason())
                .isEqualTo("`f` has the key `k` twice");
    }

    @Test
    void aBranchOfAUnionIsATextToo() throws Rejected {
        Schema schema = record("f ['string', " + NODE + "]");
        AvroRules rules = json("f.Node");
        TableSchema table = AvroColumns.of(schema, rules).table().orElseThrow();

        assertThat(decode(schema, rules, table, framed(2, 2, 0)))
                .isEqualTo(Row.of("f", Row.of("string", null, "Node", "{\"n\":1,\"next\":null}")));
        assertThat(decode(schema, rules, table, framed(0, 2, 'a')))
                .isEqualTo(Row.of("f", Row.of("string", "a", "Node", null)));
    }

    @Test
    void itemsThatTakeNoBytesAreReadAsFarAsTheyAreFew() throws Rejected {
        Schema schema = record("f {'type': 'array', 'items': 'null'}");
        AvroRules rules = json("f");
        TableSchema table = AvroColumns.of(schema, rules).table().orElseThrow();

        assertThat(decode(schema, rules, table, framed(6, 0))).isEqualTo(Row.of("f", "[null,null,null]"));
        // A thousand in two blocks, and one more.
        assertThat(decode(schema, rules, table, framed(0xe8, 0x07, 0xe8, 0x07, 0))
                        .value("f"))
                .asString()
                .hasSize(2 + 1_000 * 5 - 1);
        assertThat(refused(() -> decode(schema, rules, table, framed(0xd0, 0x0f, 2, 0)))
                        .reason())
                .isEqualTo("`f` has more than 1000 items that take no bytes");
        assertThat(refused(() -> decode(schema, rules, table, framed(0xfe, 0xff, 0xff, 0xff, 0x0f)))
                        .reason())
                .isEqualTo("the value ends in `f`, which needs 2147483647 more bytes where 0 are left");
    }

    @Test
    void theFieldsThatWereFoundAreSaid() {
        AvroRules rules = new AvroRules(Nanoseconds.REFUSE, new TreeSet<>(List.of("chain", "chian")));

        assertThat(AvroColumns.of(CHAIN, rules).jsonFields()).containsExactly("chain");
    }

    @ParameterizedTest
    @MethodSource("nanoseconds")
    void nanosecondsAreCutOffTowardsThePast(String word, long nanos, String expected) throws Rejected {
        Schema schema = record("at " + logical("long", word));
        AvroRules rules = new AvroRules(Nanoseconds.TRUNCATE, new TreeSet<>());
        TableSchema table = AvroColumns.of(schema, rules).table().orElseThrow();

        Row row = decode(
                schema,
                rules,
                table,
                encode(schema, new GenericRecordBuilder(schema).set("at", nanos).build()));

        assertThat(table.columns())
                .containsExactly(
                        Column.required("at", word.startsWith("local") ? Primitive.TIMESTAMP : Primitive.TIMESTAMPTZ));
        assertThat(String.valueOf(row.value("at"))).isEqualTo(expected);
    }

    static Stream<Arguments> nanoseconds() {
        return Stream.of(
                Arguments.of("timestamp-nanos", 1_999L, "1970-01-01T00:00:00.000001Z"),
                Arguments.of("timestamp-nanos", -1L, "1969-12-31T23:59:59.999999Z"),
                Arguments.of("timestamp-nanos", Long.MAX_VALUE, "2262-04-11T23:47:16.854775Z"),
                Arguments.of("timestamp-nanos", Long.MIN_VALUE, "1677-09-21T00:12:43.145224Z"),
                Arguments.of("local-timestamp-nanos", 1_001L, "1970-01-01T00:00:00.000001"));
    }

    private static AvroRules json(String field) {
        return new AvroRules(Nanoseconds.REFUSE, new TreeSet<>(List.of(field)));
    }

    private static TableSchema columns() {
        return AvroColumns.of(CHAIN, RULES).table().orElseThrow();
    }

    /** By hand, for Avro's own writer needs a stack as deep as the chain. */
    private static byte[] chain(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, 7, 14});
        for (int n = 1; n <= length; n++) {
            int zigzag = 2 * n;
            for (; zigzag > 0x7f; zigzag >>>= 7) {
                out.write((zigzag & 0x7f) | 0x80);
            }
            out.write(zigzag);
            out.write(n == length ? 0 : 2);
        }
        out.writeBytes(new byte[] {6, 'e', 'n', 'd'});
        return out.toByteArray();
    }

    private static Row decode(Schema schema, AvroRules rules, TableSchema table, byte[] bytes) throws Rejected {
        return (Row) AvroDecoder.compile(schema, new AvroReading(null, rules), table, Row.FACTORY)
                .decode(raw(bytes));
    }

    private static Rejected refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(Rejected.class, call));
    }
}

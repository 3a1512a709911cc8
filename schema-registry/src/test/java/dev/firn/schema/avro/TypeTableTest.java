package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.avro.TypeTable.Case;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the type table, with its edges: written by Avro's writer, read by ours; and the page that is made of it. */
class TypeTableTest {

    private static final AvroRules RULES = new AvroRules(Nanoseconds.TRUNCATE, new TreeSet<>());

    private static final Path PAGE = Path.of("../docs/types.md");
    private static final String START = "<!-- Made of TypeTable by TypeTableTest. -->\n";
    private static final String END = "<!-- The end of what is made. -->\n";

    static Stream<Case> cases() {
        return TypeTable.lines().stream().flatMap(line -> line.values().stream());
    }

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        StringBuilder made = new StringBuilder(
                "| Avro | Iceberg | note | values at the edge, as the table has them |\n|---|---|---|---|\n");
        for (TypeTable.Line line : TypeTable.lines()) {
            assertThat(line.values()).as(line.avro()).isNotEmpty();
            assertThat(line.values())
                    .allSatisfy(value -> assertThat(head(value.type().toString()))
                            .as(line.avro())
                            .isEqualTo(head(line.iceberg().replace("`", ""))));
            made.append("| ")
                    .append(line.avro())
                    .append(" | ")
                    .append(line.iceberg())
                    .append(" | ")
                    .append(line.note())
                    .append(" | ")
                    .append(edges(line))
                    .append(" |\n");
        }
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        String should =
                page.substring(0, page.indexOf(START) + START.length()) + made + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(PAGE, should, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("docs/types.md; if the code is right: mvn -pl schema-registry -am test -Dtest=TypeTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write")
                .isEqualTo(should);
    }

    /** A type without its parameters. */
    private static String head(String type) {
        return type.replaceAll("\\(.*", "");
    }

    private static String edges(TypeTable.Line line) {
        return line.values().stream()
                .map(value -> shown(value.read()))
                .distinct()
                .map(text -> "`" + text + "`")
                .collect(Collectors.joining(" "));
    }

    private static String shown(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return hex(bytes);
        }
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        }
        if (value instanceof String text) {
            return text.chars().mapToObj(TypeTableTest::shown).collect(Collectors.joining("", "\"", "\""));
        }
        return value instanceof Row row ? row.values().toString() : value.toString();
    }

    private static String shown(int character) {
        return character < ' ' || character == 0xFFFD
                ? String.format(Locale.ROOT, "\\u%04X", character)
                : String.valueOf((char) character);
    }

    private static String hex(byte[] bytes) {
        return bytes.length == 0 ? "no bytes" : "0x" + HexFormat.of().formatHex(bytes);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsARequiredValue(Case one) throws Rejected {
        Schema schema = record("v " + one.avro());

        assertThat(table(schema).columns()).containsExactly(Column.required("v", one.type()));
        assertThat(roundTrip(schema, one.written())).isEqualTo(Row.of("v", one.read()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAnOptionalValueAndItsAbsence(Case one) throws Rejected {
        Schema nullFirst = record("v ['null', " + one.avro() + "]");
        Schema nullLast = record("v [" + one.avro() + ", 'null']");

        for (Schema schema : List.of(nullFirst, nullLast)) {
            assertThat(table(schema).columns()).containsExactly(Column.optional("v", one.type()));
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
        assertThat(table(schema).columns().get(0).type()).as(one.toString()).isEqualTo(type);
        assertThat(roundTrip(schema, written)).isEqualTo(Row.of("v", read));
    }

    private static Row roundTrip(Schema schema, @Nullable Object value) throws Rejected {
        GenericData.Record record = new GenericData.Record(schema);
        record.put("v", value);
        return (Row) AvroDecoder.compile(schema, new AvroReading(null, RULES), table(schema), Row.FACTORY)
                .decode(AvroBytes.raw(AvroBytes.encode(schema, record)));
    }

    private static TableSchema table(Schema schema) {
        return AvroColumns.of(schema, RULES).table().orElseThrow();
    }

    private static Map<String, @Nullable Object> nullable(Object value) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("there", value);
        map.put("not", null);
        return map;
    }
}

package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.decode;
import static dev.firn.schema.json.JsonRecords.quoted;
import static dev.firn.schema.json.JsonRecords.schema;
import static dev.firn.schema.json.JsonRecords.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.json.JsonTypeTable.Case;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the type table of JSON Schema, with its edges, in each kind of place; and the page that is made of it. */
class JsonTypeTableTest {

    private static final Path PAGE = Path.of("../docs/formats.md");
    private static final String START = "<!-- Made of JsonTypeTable by JsonTypeTableTest. -->\n";
    private static final String END = "<!-- The end of what is made. -->\n";

    static Stream<Case> cases() {
        return JsonTypeTable.lines().stream().flatMap(line -> line.values().stream());
    }

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        StringBuilder made =
                new StringBuilder("| JSON Schema | column | note | taken, for example |\n|---|---|---|---|\n");
        for (JsonTypeTable.Line line : JsonTypeTable.lines()) {
            made.append("| ")
                    .append(line.said())
                    .append(" | `")
                    .append(line.column())
                    .append("` | ")
                    .append(line.note())
                    .append(" | ")
                    .append(line.values().stream()
                            .map(value -> "`" + quoted(value.written()) + "`")
                            .collect(Collectors.joining(" ")))
                    .append(" |\n");
        }
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        String should =
                page.substring(0, page.indexOf(START) + START.length()) + made + page.substring(page.indexOf(END));
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(PAGE, should, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
                .as("docs/formats.md; if the code is right: mvn -pl schema-registry -am test -Dtest=JsonTypeTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write")
                .isEqualTo(should);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAValueThatMustBeThere(Case one) throws Rejected {
        String required = quoted("{'type': 'object', 'properties': {'v': " + one.schema() + "}, 'required': ['v']}");

        assertThat(table(required, JsonRules.STRICT).columns()).containsExactly(Column.required("v", one.column()));
        assertThat(decode(required, "{'v': " + one.written() + "}")).isEqualTo(Row.of("v", one.read()));
        for (String without : List.of("{}", "{'v': null}")) {
            assertThatThrownBy(() -> decode(required, without))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN))
                    .hasMessage(
                            without.equals("{}")
                                    ? "`v` is missing, and the table requires a value"
                                    : "`v` is null, and the table requires a value");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAValueThatMayBeMissingOrNull(Case one) throws Rejected {
        String optional = schema("'v': " + one.schema());
        String eitherOr = quoted("{'type': 'object', 'properties': {'v': {'oneOf': [{'type': 'null'}, " + one.schema()
                + "]}}, 'required': ['v']}");

        for (String schema : List.of(optional, eitherOr)) {
            assertThat(table(schema, JsonRules.STRICT).columns()).containsExactly(Column.optional("v", one.column()));
            assertThat(decode(schema, "{'v': " + one.written() + "}")).isEqualTo(Row.of("v", one.read()));
            assertThat(decode(schema, "{'v': null}")).isEqualTo(Row.of("v", null));
            assertThat(decode(schema, "{}")).isEqualTo(Row.of("v", null));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAValueInsideArraysObjectsAndReferences(Case one) throws Rejected {
        String items = schema("'v': {'type': 'array', 'items': {'anyOf': [" + one.schema() + ", {'type': 'null'}]}}");
        String values = schema("'v': {'type': 'object', 'additionalProperties': " + one.schema() + "}");
        String fields = quoted("{'$defs': {'t': {'properties': {'x': {'$ref': '#/$defs/x'}}}, 'x': " + one.schema()
                + "}, 'type': 'object', 'properties': {'v': {'allOf': [{'$ref': '#/$defs/t'}]}}}");

        assertThat(table(items, JsonRules.STRICT).columns().get(0).type())
                .isEqualTo(new ColumnType.ListOf(one.column(), Nullability.OPTIONAL));
        assertThat(decode(items, "{'v': [" + one.written() + ", null]}"))
                .isEqualTo(Row.of("v", Arrays.asList(one.read(), null)));
        assertThat(decode(values, "{'v': {'k': " + one.written() + "}}"))
                .isEqualTo(Row.of("v", Map.of("k", one.read())));
        assertThat(decode(fields, "{'v': {'x': " + one.written() + "}}"))
                .isEqualTo(Row.of("v", Row.of("x", one.read())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsItAloneAndAsItWasWritten(Case one) throws Rejected {
        String schema = schema("'a': {'type': 'array', 'items': {'type': 'string'}}, 'v': " + one.schema());
        String json = "{'a': ['x', ']'], 'v' : " + one.written() + " , 'other': [[{}]]}";
        JsonRules asText =
                new JsonRules(JsonRules.STRICT.nanoseconds(), new TreeSet<>(List.of("v")), UnknownFields.IGNORE);

        assertThat(JsonSchemas.of("the schema", schema, JsonRules.STRICT, 0)
                        .column("v")
                        .read(JsonRecords.record(json)))
                .isEqualTo(one.read());
        assertThat(decode(schema, table(schema, asText), asText, JsonRecords.record(json))
                        .value("v"))
                .isEqualTo(quoted(one.written()));
    }
}

package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.columns;
import static dev.firn.schema.json.JsonRecords.quoted;
import static dev.firn.schema.json.JsonRecords.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonColumnsTest {

    private static final String OR_AS_JSON =
            ", or keep it as a text of JSON with `json-fields: [\"f\"]` in the `format`";

    @Test
    void putsReferencesAndPartsTogether() {
        String schema = quoted(
                """
                {'$schema': 'https://json-schema.org/draft/2020-12/schema',
                 '$defs': {
                   'a/b~c d': {'type': 'string', 'format': 'uuid'},
                   'base': {'properties': {'id': {'$ref': '#/$defs/a~1b~0c%20d'}}, 'required': ['id']},
                   'money': {'type': 'object', 'properties': {'amount': {'type': 'number', 'multipleOf': 0.001}}}},
                 'title': 'Order', 'type': 'object',
                 'allOf': [{'$ref': '#/$defs/base'}, {'properties': {'note': {'type': ['null', 'string'], 'maxLength': 9}},
                                                     'required': ['id', 'note']}, true],
                 'properties': {
                   'order-id': {'type': ['integer', 'number'], 'minimum': 0},
                   'price': {'$ref': '#/$defs/money', 'description': 'in EUR', 'required': ['amount']},
                   'lines': {'type': 'array', 'items': {'$ref': '#/$defs/money'}}},
                 'anyOf': [{'required': ['id']}, {'required': ['note']}],
                 'unevaluatedProperties': false}""");

        JsonColumns columns = columns(schema, JsonRules.STRICT);

        ColumnType.Decimal amount = new ColumnType.Decimal(38, 3);
        assertThat(columns.unmappable()).isEmpty();
        assertThat(columns.table())
                .contains(new TableSchema(List.of(
                        Column.optional("order-id", Primitive.DOUBLE),
                        Column.optional("price", new ColumnType.Struct(List.of(Column.required("amount", amount)))),
                        Column.optional(
                                "lines",
                                new ColumnType.ListOf(
                                        new ColumnType.Struct(List.of(Column.optional("amount", amount))),
                                        Nullability.REQUIRED)),
                        Column.required("id", Primitive.UUID),
                        Column.optional("note", Primitive.STRING))));
        assertThat(columns.record().orElseThrow().others()).isEqualTo(JsonType.Others.FORBIDDEN);
    }

    /** Up to draft-07 a reference stands for all that is beside it. */
    @Test
    void goesByTheDraftWhereSomethingStandsBesideAReference() {
        String schema = "{'$schema': 'http://json-schema.org/DRAFT', 'definitions': {'t': {'type': 'integer'}},"
                + " 'properties': {'f': {'$ref': '#/definitions/t', 'format': 'date', 'type': 'string'}}}";

        assertThat(columns(quoted(schema.replace("DRAFT", "draft-07/schema#")), JsonRules.STRICT)
                        .table())
                .contains(new TableSchema(List.of(Column.optional("f", Primitive.LONG))));
        assertThat(columns(quoted(schema.replace("DRAFT", "2019-09/schema")), JsonRules.STRICT)
                        .unmappable())
                .containsExactly(new Unmappable(
                        "f", "`type` is said twice, and differs", "say it once" + OR_AS_JSON.replace(", or", "; or")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {}                                                     | anything can stand here, which has no type | add a `type`
            true                                                   | anything can stand here, which has no type | add a `type`
            {'type': 'array'}                                      | []anything can stand here, which has no type | add a `type`
            {'type': ['string', 'integer']}                        | a choice of `string`, `integer`, and a column has one type | choose one
            {'oneOf': [{'type': 'string'}, {'type': 'integer'}]}   | a choice (`oneOf`) of 2 types, and a column has one type | choose one
            {'type': 'string', 'anyOf': [{'pattern': 'a'}]}        | `anyOf` beside other words, and a column has one type | choose one
            {'type': 'object'}                                     | an object without named fields, in which anything can stand | name its `properties`
            {'properties': {'x': {'type': 'string'}}, 'additionalProperties': {'type': 'string'}} | an object with named fields and others of a type, and no column is both | remove `additionalProperties`
            {'type': 'object', 'patternProperties': {'^x': {'type': 'string'}}} | the names of fields are patterns, which columns can't be named by | use `additionalProperties`
            {'type': 'array', 'items': [{'type': 'string'}]}       | items have a type each by their place, and a list's have one | make it an object
            {'properties': {'x': {'type': 'string'}}, 'if': {}}    | what may stand here depends on `if`, and a column has one type | remove it
            """)
    void saysWhatHasNoColumnAndThatItCanBeAText(String type, String why, String wayOut) {
        String path = why.startsWith("[]") ? "f[]" : "f";

        assertThat(columns(schema("'f': " + type), JsonRules.STRICT).unmappable())
                .containsExactly(new Unmappable(path, why.replaceFirst("^\\[]", ""), wayOut + OR_AS_JSON));
        JsonColumns asText = columns(
                schema("'f': " + type),
                new JsonRules(Nanoseconds.REFUSE, new TreeSet<>(List.of("f", "g")), UnknownFields.IGNORE));
        assertThat(asText.table().orElseThrow().columns().get(0).type()).isEqualTo(Primitive.STRING);
        assertThat(asText.jsonFields()).containsExactly("f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {'f': false}                                 | f | nothing can stand here | remove the field
            {'f': {'type': 'null'}}                      | f | nothing but null can stand here, which has no type | remove the field, or add a type to it
            {'f': {'type': 'text'}}                      | f | `text` is no type of JSON Schema | mend it
            {'f': {'type': 'string'}, 'F': {'type': 'string'}} | F | differs from `f` only in case, which most engines can't tell apart | rename one of them
            {'a.b': {'type': 'string'}}                  | a.b | a column's name can't be empty or hold a dot or a control character | rename the field
            {'f': {'$ref': 'other.json#/x'}}             | f | `$ref` leads out of the schema, to `other.json#/x` | put what it leads to under `$defs` of the same schema; or keep it as a text of JSON with `json-fields: ["f"]` in the `format`
            {'f': {'$ref': '#/$defs/x'}}                 | f | `$ref` leads to `#/$defs/x`, which is not there | mend it; or keep it as a text of JSON with `json-fields: ["f"]` in the `format`
            {'f': {'$ref': '#'}}                         | f.f | `#` contains itself, and a column's type can't | flatten it; or keep it as a text of JSON with `json-fields: ["f.f"]` in the `format`
            {'f': {'allOf': [{'properties': {}, 'additionalProperties': false}]}} | f | a part of the schema has `additionalProperties`, which concerns the fields of the other parts too | write `unevaluatedProperties` beside the parts, or one object of all fields; or keep it as a text of JSON with `json-fields: ["f"]` in the `format`
            """)
    void saysWhatCanNotBeMended(String properties, String path, String why, String wayOut) {
        String schema = quoted("{'type': 'object', 'properties': " + properties + "}");

        assertThat(columns(schema, JsonRules.STRICT).unmappable()).containsExactly(new Unmappable(path, why, wayOut));
    }

    @Test
    void onlyAnObjectWithNamedFieldsHasColumns() {
        assertThat(columns(quoted("{'type': 'string'}"), JsonRules.STRICT).unmappable())
                .containsExactly(new Unmappable(
                        "$",
                        "the value is `string`, and only an object with named fields has columns",
                        "wrap it in one"));
        assertThat(columns(quoted("{'type': 'object'}"), JsonRules.STRICT).unmappable())
                .containsExactly(new Unmappable(
                        "$", "an object without named fields, in which anything can stand", "name its `properties`"));
    }

    @Test
    void endsWhereASchemaGrowsWithoutEndOrIsTooDeep() {
        StringBuilder wide = new StringBuilder("{'$defs': {'t0': {'type': 'integer'}");
        for (int i = 1; i < 30; i++) {
            wide.append(", 't" + i + "': {'properties': {'a': {'$ref': '#/$defs/t" + (i - 1)
                    + "'}, 'b': {'$ref': '#/$defs/t" + (i - 1) + "'}}}");
        }
        String deep = "{'type': 'array', 'items': ".repeat(200) + "{'type': 'string'}" + "}".repeat(200);

        assertThat(columns(quoted(wide + "}, 'properties': {'f': {'$ref': '#/$defs/t29'}}}"), JsonRules.STRICT)
                        .unmappable())
                .singleElement()
                .satisfies(one -> assertThat(one.why()).isEqualTo("the schema has more than 10000 fields up to here"));
        assertThat(columns(schema("'f': " + deep), JsonRules.STRICT).unmappable())
                .singleElement()
                .satisfies(one -> assertThat(one.why()).isEqualTo("types are nested more than 100 deep here"));
    }

    /** Work that grows with each step would hold a task for ever, and a row of steps would end its stack. */
    @Test
    void endsWhereReferencesDoNot() {
        StringBuilder twice = new StringBuilder("{'$defs': {'t0': {'properties': {'a': {'type': 'string'}}}");
        StringBuilder row = new StringBuilder("{'$defs': {'t0': {'type': 'string'}");
        for (int i = 1; i < 20_000; i++) {
            String before = "{'$ref': '#/$defs/t" + (i - 1) + "'}";
            twice.append(i < 100 ? ", 't" + i + "': {'allOf': [" + before + ", " + before + "]}" : "");
            row.append(", 't").append(i).append("': ").append(before);
        }

        assertThat(columns(quoted(twice + "}, 'properties': {'f': {'$ref': '#/$defs/t99'}}}"), JsonRules.STRICT)
                        .unmappable())
                .singleElement()
                .satisfies(one -> assertThat(one.why()).startsWith("there are too many references up to `#/$defs/t"));
        assertThat(columns(quoted(row + "}, 'properties': {'f': {'$ref': '#/$defs/t19999'}}}"), JsonRules.STRICT)
                        .unmappable())
                .singleElement()
                .satisfies(
                        one -> assertThat(one.why()).isEqualTo("there are too many references up to `#/$defs/t19799`"));
    }

    @Test
    void twoPartsMayBeMadeOfAThirdAndOneOfThemMayBeAField() {
        String schema = quoted(
                "{'$defs': {'base': {'properties': {'id': {'type': 'integer'}}},"
                        + " 'a': {'allOf': [{'$ref': '#/$defs/base'}, {'properties': {'origin': {'$ref': '#/$defs/base'}}}]},"
                        + " 'b': {'allOf': [{'$ref': '#/$defs/base'}]}}, 'allOf': [{'$ref': '#/$defs/a'}, {'$ref': '#/$defs/b'}]}");

        assertThat(columns(schema, JsonRules.STRICT).table())
                .contains(new TableSchema(List.of(
                        Column.optional("id", Primitive.LONG),
                        Column.optional(
                                "origin", new ColumnType.Struct(List.of(Column.optional("id", Primitive.LONG)))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{'a': 1, 'a': 2}", "{} {}"})
    void aTextThatIsNoJsonIsNoSchema(String text) {
        assertThatThrownBy(() -> JsonColumns.of(quoted(text), JsonRules.STRICT))
                .isInstanceOf(NotJsonSchema.class)
                .hasMessage(text.isEmpty() ? "it is no object" : "it is not JSON");
        assertThatThrownBy(() -> JsonColumns.of("true", JsonRules.STRICT)).hasMessage("it is no object");
    }
}

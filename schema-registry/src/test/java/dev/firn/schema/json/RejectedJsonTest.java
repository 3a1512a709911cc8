package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;
import static dev.firn.schema.json.JsonRecords.record;
import static dev.firn.schema.json.JsonRecords.schema;
import static dev.firn.schema.json.JsonRecords.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedJsonTest {

    private static final String SCHEMA = schema("'id': {'type': 'integer'}, 'price': {'type': 'number'},"
            + " 'money': {'type': 'number', 'multipleOf': 0.01}, 'name': {'type': 'string'}, 'paid': {'type': 'boolean'},"
            + " 'day': {'type': 'string', 'format': 'date'}, 'at': {'type': 'string', 'format': 'date-time'},"
            + " 'time': {'type': 'string', 'format': 'time'}, 'uuid': {'type': 'string', 'format': 'uuid'},"
            + " 'lines': {'type': 'array', 'items': {'properties': {'n': {'type': 'integer'}}, 'additionalProperties': false}},"
            + " 'tags': {'additionalProperties': {'type': 'string'}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            ~~                      | TRUNCATED_PAYLOAD | the value is empty, which is no JSON
            {'id': 1                | TRUNCATED_PAYLOAD | the value ends after 8 bytes, before its JSON does
            {'lines': [{'n': 1}     | TRUNCATED_PAYLOAD | the value ends after 19 bytes, before its JSON does, in `lines[]`
            {'id': 1} {             | TRAILING_BYTES    | the object ends after 9 bytes of a value of 11
            {'id': 1}}              | TRAILING_BYTES    | the object ends after 9 bytes of a value of 10
            {'id': 1,}              | NOT_JSON          | the value is no JSON: it breaks at byte 9
            {'id': 01}              | NOT_JSON          | the value is no JSON: it breaks at byte 8
            {'price': NaN}          | NOT_JSON          | the value is no JSON: it breaks at byte 13
            {'lines': [{'n': tru}]} | NOT_JSON          | the value is no JSON: it breaks at byte 21, in `lines[]`
            [1]                     | INVALID_VALUE     | the value is an array, and only an object has columns
            null                    | INVALID_VALUE     | the value is null, and only an object has columns
            {'id': 1, 'id': 1}      | INVALID_VALUE     | `id` is there twice
            {'tags': {'a': 'x', 'a': 'y'}} | INVALID_VALUE | `tags.a` is there twice
            {'id': '1'}             | INVALID_VALUE     | `id` is the text `1`, and its schema says `integer`
            {'id': 1.5}             | INVALID_VALUE     | `id` is the number `1.5`, and its schema says `integer`
            {'id': 9223372036854775808}   | INVALID_VALUE | `id` is `9223372036854775808`, which does not fit into 64 bits
            {'id': 9223372036854775808.0} | INVALID_VALUE | `id` is `9223372036854775808.0`, which does not fit into 64 bits
            {'id': 1e999999}        | INVALID_VALUE     | `id` is `1e999999`, which does not fit into 64 bits
            {'id': 1e99999999999}   | INVALID_VALUE     | `id` is `1e99999999999`, whose exponent is beyond all numbers
            {'price': 9007199254740993} | INVALID_VALUE | `price` is `9007199254740993`, which a double can't hold with all its digits
            {'price': 3.14159265358979323846} | INVALID_VALUE | `price` is `3.14159265358979323846`, which a double can't hold with all its digits
            {'price': 1e400}        | INVALID_VALUE     | `price` is `1e400`, which a double can't hold with all its digits
            {'price': 1e-400}       | INVALID_VALUE     | `price` is `1e-400`, which a double can't hold with all its digits
            {'price': true}         | INVALID_VALUE     | `price` is the boolean `true`, and its schema says `number`
            {'money': 1.005}        | DECIMAL_OVERFLOW  | `money` is `1.005`, more digits than decimal(38, 2) has
            {'money': 1e36}         | DECIMAL_OVERFLOW  | `money` is `1e36`, more digits than decimal(38, 2) has
            {'money': 1e-999999999} | DECIMAL_OVERFLOW  | `money` is `1e-999999999`, more digits than decimal(38, 2) has
            {'name': {'a': 1}}      | INVALID_VALUE     | `name` is an object, and its schema says `string`
            {'name': 7}             | INVALID_VALUE     | `name` is the number `7`, and its schema says `string`
            {'name': '\\ud800x'}    | BAD_UTF8          | `name` has half a pair of surrogates, `\\ud800`, which is no character
            {'paid': 'true'}        | INVALID_VALUE     | `paid` is the text `true`, and its schema says `boolean`
            {'day': '2023-02-29'}   | INVALID_VALUE     | `day` is `2023-02-29`, which is no date
            {'day': '+999999999-01-01'} | INVALID_VALUE | `day` is `+999999999-01-01`, which is no date
            {'at': '2023-02-28T10:00:00'} | INVALID_VALUE | `at` is `2023-02-28T10:00:00`, which is no date-time
            {'at': '+999999-02-28T10:00:00Z'} | INVALID_VALUE | `at` is `+999999-02-28T10:00:00Z`, which is no date-time
            {'at': 1700000000}      | INVALID_VALUE     | `at` is the number `1700000000`, and its schema says `date-time`
            {'time': '10:00:00+01:00'} | INVALID_VALUE  | `time` is `10:00:00+01:00`, which is no time
            {'time': '10:00:00.0000001'} | INVALID_VALUE | `time` is `10:00:00.0000001`, and a column keeps microseconds, unless the `format` says `nanoseconds: truncate`
            {'uuid': '1-1-1-1-1'}   | INVALID_VALUE     | `uuid` is `1-1-1-1-1`, which is no uuid
            {'lines': {}}           | INVALID_VALUE     | `lines` is an object, and its schema says `array`
            {'lines': [null]}       | MISSING_REQUIRED_COLUMN | `lines[]` is null, and the table requires a value
            {'lines': [{'m': 1}]}   | INVALID_VALUE     | `lines[].m` is there, and its schema allows no fields but its own
            {'tags': []}            | INVALID_VALUE     | `tags` is an array, and its schema says `object`
            {'tags': {'a': null}}   | MISSING_REQUIRED_COLUMN | `tags{}` is null, and the table requires a value
            """)
    void saysWhatIsWrongAndWhere(String json, RejectCode code, String message) {
        assertRejected(JsonRules.STRICT, record(json), code, message);
    }

    @Test
    void isStrictAboutUtf8AlsoWhereNothingIsRead() {
        byte[] overlong = quoted("{'other': 'a..'}").getBytes(StandardCharsets.UTF_8);
        overlong[12] = (byte) 0xC0;
        overlong[13] = (byte) 0x80;

        assertRejected(
                JsonRules.STRICT,
                AvroBytes.raw(overlong),
                RejectCode.BAD_UTF8,
                "`value` is not UTF-8: byte `0xc0` at 12 of 16");
        assertRejected(
                JsonRules.STRICT,
                AvroBytes.raw(quoted("{'id': 1}").getBytes(StandardCharsets.UTF_16BE)),
                RejectCode.NOT_JSON,
                "the value is no JSON: it breaks at byte 1");
    }

    @Test
    void isBoundedInDepthAndInDigits() {
        assertRejected(
                JsonRules.STRICT,
                record("{'other': " + "[".repeat(10_000)),
                RejectCode.INVALID_VALUE,
                "the value is nested more than 500 deep");
        assertRejected(
                JsonRules.STRICT,
                record("{'id': " + "1".repeat(2_000) + "}"),
                RejectCode.INVALID_VALUE,
                "the value has a number of more than 1000 characters");
    }

    @Test
    void ignoresUnknownFieldsUnlessTheFileOrTheSchemaSaysOtherwise() throws Rejected {
        RawRecord record = record("{'id': 1, 'x': {'deep': [1, {}]}, 'x': 2}");
        JsonRules strict = new JsonRules(Nanoseconds.REFUSE, new TreeSet<>(), UnknownFields.QUARANTINE);
        TableSchema id = new TableSchema(List.of(Column.optional("id", Primitive.LONG)));
        String schema = schema("'id': {'type': 'integer'}");

        assertThat(JsonRecords.decode(schema, id, JsonRules.STRICT, record)).isEqualTo(Row.of("id", 1L));
        assertThatThrownBy(() -> JsonRecords.decode(schema, id, strict, record))
                .hasMessage("`x` is there, and its schema does not name it");
    }

    @Test
    void cutsBelowMicrosecondsOffWhereTheFileSaysSo() throws Rejected {
        JsonRules truncate = new JsonRules(Nanoseconds.TRUNCATE, new TreeSet<>(), UnknownFields.IGNORE);
        String schema = schema("'at': {'type': 'string', 'format': 'date-time'}");

        assertThat(JsonRecords.decode(
                        schema, table(schema, truncate), truncate, record("{'at': '1969-12-31T23:59:59.9999999Z'}")))
                .isEqualTo(Row.of("at", OffsetDateTime.parse("1969-12-31T23:59:59.999999Z")));
    }

    @Test
    void refusesASchemaThatTheTableCanNotTake() {
        TableSchema table = new TableSchema(List.of(
                Column.optional("id", Primitive.INT),
                Column.required("region", Primitive.STRING),
                Column.optional("price", new ColumnType.Decimal(10, 2))));
        String schema = schema("'id': {'type': 'integer'}, 'price': {'type': 'number'}, 'note': {'type': 'string'}");

        Rejected lost = catchThrowableOfType(Rejected.class, () -> JsonRecords.decode(schema, table, "{}"));

        assertThat(lost.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(lost.reason())
                .isEqualTo("`id` is long, and the table's column is int; the table has no column for `note` (string)");
        assertThatThrownBy(() -> JsonRecords.decode(
                        schema("'price': {'type': 'number'}"),
                        new TableSchema(List.of(
                                Column.required("region", Primitive.STRING),
                                table.columns().get(2))),
                        "{}"))
                .hasMessage("the writer's schema has nothing for the required column `region`");
    }

    /** A later schema may say `number` where an earlier one said `integer`: each value is looked at. */
    @Test
    void aNumberGoesToAnotherColumnOfNumbersWhereNoneIsRounded() throws Rejected {
        String schema = schema("'n': {'type': 'integer'}");
        TableSchema doubles = new TableSchema(List.of(Column.optional("n", Primitive.DOUBLE)));
        TableSchema decimals = new TableSchema(List.of(Column.optional("n", new ColumnType.Decimal(4, 1))));

        assertThat(JsonRecords.decode(schema, doubles, "{'n': 7}")).isEqualTo(Row.of("n", 7d));
        assertThat(JsonRecords.decode(schema, decimals, "{'n': 7}")).isEqualTo(Row.of("n", new BigDecimal("7.0")));
        assertThatThrownBy(() -> JsonRecords.decode(schema, doubles, "{'n': 9007199254740993}"))
                .hasMessage("`n` is `9007199254740993`, which a double can't hold with all its digits");
        assertThatThrownBy(() -> JsonRecords.decode(schema, decimals, "{'n': 1000}"))
                .hasMessage("`n` is `1000`, more digits than decimal(4, 1) has");
    }

    private static void assertRejected(JsonRules rules, RawRecord record, RejectCode code, String message) {
        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> JsonRecords.decode(SCHEMA, table(SCHEMA, rules), rules, record));
        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(code);
    }
}

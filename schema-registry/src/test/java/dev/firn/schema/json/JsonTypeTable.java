package dev.firn.schema.json;

import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every JSON Schema type with the column that it becomes, what there is to know of it, and its edges: the page is made of it. */
final class JsonTypeTable {

    private JsonTypeTable() {}

    /**
     * A line of the page.
     *
     * @param said the type, as Markdown
     */
    record Line(String said, ColumnType column, String note, List<Case> values) {}

    /** A value as it is written, and as a row has it. */
    record Case(String schema, ColumnType column, String written, Object read) {
        @Override
        public String toString() {
            return schema + " " + written;
        }
    }

    static List<Line> lines() {
        return List.of(
                line("`boolean`", "'type': 'boolean'", Primitive.BOOLEAN, "", "true", true, "false", false),
                line(
                        "`integer`",
                        "'type': 'integer'",
                        Primitive.LONG,
                        "`1.0` and `1e3` are whole; a fraction, or more than 64 bits: `invalid-value`",
                        "0",
                        0L,
                        "-0",
                        0L,
                        "9223372036854775807",
                        Long.MAX_VALUE,
                        "-9223372036854775808",
                        Long.MIN_VALUE,
                        "1.0",
                        1L,
                        "1e3",
                        1000L,
                        "120.0e-1",
                        12L,
                        "0e999999",
                        0L),
                line(
                        "`number`",
                        "'type': 'number'",
                        Primitive.DOUBLE,
                        "the double that is the number to all digits that are written; where there is none, nothing is rounded:"
                                + " `invalid-value`",
                        "0",
                        0d,
                        "-0.0",
                        -0d,
                        "0.1",
                        0.1d,
                        "0.10000000000000001",
                        0.1d,
                        "0.30000000000000004",
                        0.30000000000000004d,
                        "9007199254740992",
                        9007199254740992d,
                        "1.7976931348623157e308",
                        Double.MAX_VALUE,
                        "4.9E-324",
                        Double.MIN_VALUE,
                        "1e22",
                        1e22),
                line(
                        "`number` with a `multipleOf` of 1, 0.1, 0.01 and so on",
                        "'type': 'number', 'multipleOf': 0.01",
                        new ColumnType.Decimal(38, 2),
                        "as many digits behind the point as that has; more digits: `decimal-overflow`",
                        "0",
                        new BigDecimal("0.00"),
                        "-1.5",
                        new BigDecimal("-1.50"),
                        "1e2",
                        new BigDecimal("100.00"),
                        "1.230",
                        new BigDecimal("1.23"),
                        "999999999999999999999999999999999999.99",
                        new BigDecimal("999999999999999999999999999999999999.99")),
                line(
                        "`string`, also with a `format` that is not below",
                        "'type': 'string'",
                        Primitive.STRING,
                        "half a pair of surrogates: `bad-utf8`",
                        "''",
                        "",
                        "'a\\u00e4\\n\\ud83d\\ude00'",
                        "a\u00e4\n\ud83d\ude00",
                        "'sn\u00f6 \ud83d\ude00'",
                        "sn\u00f6 \ud83d\ude00"),
                line(
                        "`string` with `format: date`",
                        "'type': 'string', 'format': 'date'",
                        Primitive.DATE,
                        "",
                        "'1970-01-01'",
                        LocalDate.parse("1970-01-01"),
                        "'0000-02-29'",
                        LocalDate.parse("0000-02-29")),
                line(
                        "`string` with `format: time`",
                        "'type': 'string', 'format': 'time'",
                        Primitive.TIME,
                        "without an offset, or with `Z`; another offset would be lost: `invalid-value`; micros kept",
                        "'00:00:00'",
                        LocalTime.MIDNIGHT,
                        "'23:59:59.999999Z'",
                        LocalTime.parse("23:59:59.999999")),
                line(
                        "`string` with `format: date-time`",
                        "'type': 'string', 'format': 'date-time'",
                        Primitive.TIMESTAMPTZ,
                        "an instant, so an offset has to be there; micros kept, and more is `invalid-value` unless the `format` says"
                                + " `nanoseconds: truncate`",
                        "'1969-12-31T23:59:59.999999Z'",
                        OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"),
                        "'2024-02-29T12:00:00+02:00'",
                        OffsetDateTime.parse("2024-02-29T10:00:00Z"),
                        "'2024-02-29t12:00:00.5z'",
                        OffsetDateTime.parse("2024-02-29T12:00:00.5Z")),
                line(
                        "`string` with `format: uuid`",
                        "'type': 'string', 'format': 'uuid'",
                        Primitive.UUID,
                        "in full form",
                        "'00112233-4455-6677-8899-AABBCCDDEEFF'",
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                line(
                        "`enum` or `const` of texts, without a `type`",
                        "'enum': ['NEW', 'PAID']",
                        Primitive.STRING,
                        "numbers and booleans go by their type too; a value that is not listed is kept",
                        "'NEW'",
                        "NEW",
                        "'GONE'",
                        "GONE"),
                line(
                        "`array` with one schema as `items`",
                        "'type': 'array', 'items': {'type': 'integer'}",
                        new ColumnType.ListOf(Primitive.LONG, Nullability.REQUIRED),
                        "items are optional only if their schema allows null",
                        "[]",
                        List.of(),
                        "[1, 2]",
                        List.of(1L, 2L)),
                line(
                        "`object` with `additionalProperties` of a type, and no `properties`",
                        "'type': 'object', 'additionalProperties': {'type': 'boolean'}",
                        new ColumnType.MapOf(Primitive.BOOLEAN, Nullability.REQUIRED),
                        "values are optional only if their schema allows null; a name that is there twice: `invalid-value`",
                        "{}",
                        Map.of(),
                        "{'a': true}",
                        Map.of("a", true)));
    }

    private static Line line(String said, String schema, ColumnType column, String note, Object... values) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < values.length; i += 2) {
            cases.add(new Case("{" + schema + "}", column, (String) values[i], values[i + 1]));
        }
        return new Line(said, column, note, cases);
    }
}

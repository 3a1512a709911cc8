package dev.firn.connector.cdc.postgres;

import java.util.List;

/** Every type with its edges: as a statement has it, and what a table's column gets. The page is made of it. */
final class TypeLines {

    private TypeLines() {}

    /**
     * A value.
     *
     * @param sql an expression
     * @param shown what the column has, or {@code quarantine: } and why
     */
    record Value(String sql, String shown) {}

    record Line(String type, String iceberg, String note, List<Value> values) {}

    private static Value value(String sql, String shown) {
        return new Value(sql, shown);
    }

    private static Line line(String type, String iceberg, String note, Value... values) {
        return new Line(type, iceberg, note, List.of(values));
    }

    private static Value same(String text) {
        return value("'" + text + "'", text);
    }

    static List<Line> lines() {
        return List.of(
                line("boolean", "boolean", "", value("true", "true"), value("false", "false")),
                line("smallint", "int", "", value("-32768", "-32768"), value("32767", "32767")),
                line("integer", "int", "", value("-2147483648", "-2147483648"), value("2147483647", "2147483647")),
                line(
                        "bigint",
                        "long",
                        "",
                        value("-9223372036854775808", "-9223372036854775808"),
                        value("9223372036854775807", "9223372036854775807")),
                line("oid", "long", "it has no sign", value("4294967295", "4294967295")),
                line(
                        "real",
                        "float",
                        "`NaN` and the infinities are kept",
                        value("3.4028235e38", "3.4028235E38"),
                        value("0.1", "0.1"),
                        value("'NaN'", "NaN"),
                        value("'-Infinity'", "-Infinity")),
                line(
                        "double precision",
                        "double",
                        "the same",
                        value("0.1::float8 + 0.2::float8", "0.30000000000000004"),
                        value("'-0'", "-0.0"),
                        value("5e-324", "4.9E-324"),
                        value("'NaN'", "NaN"),
                        value("'Infinity'", "Infinity")),
                line(
                        "numeric(10,2)",
                        "decimal(10, 2)",
                        "up to 38 digits",
                        value("12345678.9", "12345678.90"),
                        value("-0.01", "-0.01"),
                        value("'NaN'", "quarantine: is `NaN`, which is no decimal")),
                line(
                        "numeric(38,0)",
                        "decimal(38, 0)",
                        "",
                        same("99999999999999999999999999999999999999"),
                        same("-99999999999999999999999999999999999999")),
                line("numeric(3,-2)", "decimal(5, 0)", "from Postgres 15", value("12345", "12300")),
                line("numeric(2,4)", "decimal(4, 4)", "from Postgres 15", value("0.0012", "0.0012")),
                line(
                        "numeric",
                        "string",
                        "without a precision it has any number of digits, and so it has with more than 38",
                        value("1.10", "1.10"),
                        value("1e30", "1000000000000000000000000000000"),
                        value("'NaN'", "NaN"),
                        value("'-Infinity'", "-Infinity")),
                line("numeric(40,1)", "string", "", value("1.5", "1.5")),
                line(
                        "money",
                        "string",
                        "as the server's `lc_monetary` has it, which alone says how many digits are behind the point",
                        value("1234.5", "$1,234.50"),
                        value("-0.01", "-$0.01")),
                line(
                        "text",
                        "string",
                        "",
                        value("'tab\t\"quote\" \\ {} 😀' || chr(10) || chr(8)", "tab\t\"quote\" \\ {} 😀\n\b"),
                        value("''", ""),
                        value("'\\N'", "\\N"),
                        value("'xN'", "xN"),
                        value("chr(11) || chr(12) || chr(13)", "\u000b\f\r")),
                line("varchar(3)", "string", "", same("äöü")),
                line("char(5)", "string", "with its blanks", value("'ab'", "ab   ")),
                line("\"char\"", "string", "", same("x"), value("''", "")),
                line("name", "string", "", same("pg_class")),
                line("public.citext", "string", "", same("MiXed")),
                line("bytea", "binary", "", value("'\\x00ff5c'", "0x00ff5c"), value("''", "0x")),
                line(
                        "date",
                        "date",
                        "",
                        same("2024-02-29"),
                        value("'0044-03-15 BC'", "-0043-03-15"),
                        value("'4713-01-01 BC'", "-4712-01-01"),
                        value("'5874897-12-31'", "+5874897-12-31"),
                        value("'1500-02-28'", "1500-02-28"),
                        value("'infinity'", "quarantine: is `infinity`, which is no date of a column"),
                        value("'-infinity'", "quarantine: is `-infinity`, which is no date of a column")),
                line(
                        "time",
                        "time",
                        "",
                        value("'00:00'", "00:00"),
                        value("'23:59:59.999999'", "23:59:59.999999"),
                        value("'24:00'", "quarantine: is `24:00:00`, which is no time of a day in a column")),
                line("timetz", "string", "", value("'13:00:00.5+05:45'", "13:00:00.5+05:45")),
                line(
                        "timestamp",
                        "timestamp",
                        "",
                        value("'2024-03-31 02:30:00.000001'", "2024-03-31T02:30:00.000001"),
                        value("'0001-01-01 12:00:00 BC'", "0000-01-01T12:00"),
                        value("'infinity'", "quarantine: is `infinity`, which is no timestamp of a column"),
                        value(
                                "'294276-12-31 23:59:59.999999'",
                                "quarantine: is `294276-12-31 23:59:59.999999`, which is beyond the timestamps of a column")),
                line("timestamp(0)", "timestamp", "", value("'2024-01-01 00:00:00.6'", "2024-01-01T00:00:01")),
                line(
                        "timestamptz",
                        "timestamptz",
                        "",
                        value("'2024-10-27 02:30:00+05:45'", "2024-10-26T20:45:00Z"),
                        value("'1883-11-18 12:03:57.5 America/New_York'", "1883-11-18T17:03:57.500Z"),
                        value("'0044-03-15 00:00:00+00 BC'", "-0043-03-15T00:00:00Z"),
                        value("'10000-01-01 00:00:00+00'", "+10000-01-01T00:00:00Z"),
                        value("'-infinity'", "quarantine: is `-infinity`, which is no timestamp of a column")),
                line(
                        "interval",
                        "string",
                        "as ISO 8601 writes it",
                        value("'1 year 2 mons -3 days 04:05:06.7'", "P1Y2M-3DT4H5M6.7S"),
                        value("'0'", "PT0S")),
                line("uuid", "string", "so that it can be a `key`", same("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
                line("json", "string", "as it was written", same("{\"b\" : 1,  \"a\":null, \"a\": 2}")),
                line(
                        "jsonb",
                        "string",
                        "as Postgres has normalised it",
                        value("'{\"b\" : 1,  \"a\":null}'", "{\"a\": null, \"b\": 1}")),
                line("jsonpath", "string", "", value("'$.a[*]'", "$.\"a\"[*]")),
                line("xml", "string", "", same("<a>b</a>")),
                line(
                        "public.hstore",
                        "map<string, string>",
                        "",
                        value("'a=>1, \"b \\\"c\"=>NULL, d=>\"=>, \"'", "{a=1, b \"c=null, d==>, }"),
                        value("''", "{}")),
                line(
                        "integer[]",
                        "list<int>",
                        "a value of more than one dimension, or one that does not count from 1, goes to quarantine",
                        value("'{1,NULL,-3}'", "[1, null, -3]"),
                        value("'{}'", "[]"),
                        value(
                                "'{{1,2},{3,4}}'",
                                "quarantine: is `{{1,2},{3,4}}`, which has more than one dimension, and a list has one"),
                        value(
                                "'[0:1]={5,6}'",
                                "quarantine: is `[0:1]={5,6}`, which does not count from 1, and a list does")),
                line(
                        "text[]",
                        "list<string>",
                        "",
                        value("ARRAY['a\"b\\', 'NULL', NULL, 'x,y', '', '{}']", "[a\"b\\, NULL, null, x,y, , {}]")),
                line(
                        "numeric(5,1)[]",
                        "list<decimal(5, 1)>",
                        "",
                        value("'{1.5,2}'", "[1.5, 2.0]"),
                        value("'{NaN}'", "quarantine: is `NaN`, which is no decimal")),
                line(
                        "timestamptz[]",
                        "list<timestamptz>",
                        "",
                        value("ARRAY['2024-01-01 00:00:00+01'::timestamptz]", "[2023-12-31T23:00:00Z]")),
                line(
                        "box[]",
                        "list<string>",
                        "",
                        value("ARRAY[box '((1,1),(0,0))', box '((2,2),(0,0))']", "[(1,1),(0,0), (2,2),(0,0)]")),
                line("public.mood", "string", "an enum", same("very happy")),
                line("public.mood[]", "list<string>", "", value("'{sad,\"very happy\"}'", "[sad, very happy]")),
                line("public.cents", "decimal(12, 2)", "a domain is what it narrows", value("1.5", "1.50")),
                line("public.cents[]", "list<decimal(12, 2)>", "", value("'{1.5}'", "[1.50]")),
                line("public.pair", "string", "a composite", value("ROW(1, 'a \"b\"')", "(1,\"a \"\"b\"\"\")")),
                line("int4range", "string", "", value("'(1,5]'", "[2,6)"), value("'empty'", "empty")),
                line("int4multirange", "string", "from Postgres 14", value("'{[1,2),[5,7)}'", "{[1,2),[5,7)}")),
                line(
                        "tstzrange",
                        "string",
                        "",
                        value("'[2024-01-01 00:00:00+00,infinity)'", "[\"2024-01-01 00:00:00+00\",infinity)")),
                line("inet", "string", "", same("192.168.0.1/24"), same("::1")),
                line("cidr", "string", "", same("10.0.0.0/8")),
                line("macaddr", "string", "", same("08:00:2b:01:02:03")),
                line("macaddr8", "string", "", same("08:00:2b:01:02:03:04:05")),
                line("bit(3)", "string", "", value("B'101'", "101")),
                line("bit varying(8)", "string", "", value("B'0101'", "0101")),
                line("point", "string", "and so all geometric types", same("(1,-2.5)")),
                line("polygon", "string", "", same("((0,0),(1,1),(1,0))")),
                line("circle", "string", "", same("<(0,0),2>")),
                line("tsvector", "string", "", value("'a:1 fat:2B'", "'a':1 'fat':2B")),
                line("tsquery", "string", "", value("'fat & rat'", "'fat' & 'rat'")),
                line("pg_lsn", "string", "", same("16/B374D848")),
                line("txid_snapshot", "string", "", same("10:20:10,14,15")),
                line("regclass", "string", "with its schema", value("'public.pair_of'::regclass", "public.pair_of")),
                line("oidvector", "string", "", same("1 2 3")));
    }
}

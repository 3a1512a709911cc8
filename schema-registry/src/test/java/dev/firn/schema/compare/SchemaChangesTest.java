package dev.firn.schema.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.avro.AvroSchemas;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaChangesTest {

    private static final String LINE = "{'type': 'record', 'name': 'Line', 'fields': [%s]}";

    /** The fields of a record before and after, and what lies between. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                pair("the same", field("a", "'int'"), field("a", "'int'")),
                pair(
                        "add",
                        field("a", "'int'"),
                        field("a", "'int'") + ", {'name': 'b', 'type': ['null', 'string'], 'default': null}",
                        "add-column b: string, optional, default null"),
                pair("add without a default", "", field("a", "'int'"), "add-column a: int, no default"),
                pair(
                        "drop",
                        field("a", "'int'") + ", " + field("b", "'long'"),
                        field("a", "'int'"),
                        "drop-column b: was long"),
                pair(
                        "rename by alias",
                        field("cust", "'int'"),
                        "{'name': 'customer', 'type': 'long', 'aliases': ['cust']}",
                        "rename-column customer: was `cust`",
                        "widen-type customer: int -> long"),
                pair(
                        "an alias of a field that stays is none",
                        field("a", "'int'"),
                        field("a", "'int'") + ", {'name': 'b', 'type': 'int', 'aliases': ['a']}",
                        "add-column b: int, no default"),
                pair("widen", field("a", "'float'"), field("a", "'double'"), "widen-type a: float -> double"),
                pair("widen a decimal", decimal(5, 2), decimal(9, 2), "widen-type a: decimal(5, 2) -> decimal(9, 2)"),
                pair("narrow", field("a", "'long'"), field("a", "'int'"), "narrow-type a: long -> int"),
                pair(
                        "what rounds is no widening",
                        field("a", "'long'"),
                        field("a", "'double'"),
                        "incompatible a: long -> double"),
                pair("another scale", decimal(5, 2), decimal(5, 3), "incompatible a: decimal(5, 2) -> decimal(5, 3)"),
                pair(
                        "optional",
                        field("a", "'int'"),
                        field("a", "['null', 'int']"),
                        "make-optional a: int, null is allowed now"),
                pair(
                        "optional and wider",
                        field("a", "'int'"),
                        field("a", "['long', 'null']"),
                        "make-optional a: long, null is allowed now",
                        "widen-type a: int -> long"),
                pair(
                        "required",
                        field("a", "['null', 'int']"),
                        field("a", "'int'"),
                        "make-required a: int, null is not allowed any more"),
                pair("null in another place", field("a", "['null', 'int']"), field("a", "['int', 'null']")),
                pair("symbols", symbols("A", "B"), symbols("B", "C", "D"), "add-symbol a: C, D", "remove-symbol a: A"),
                pair(
                        "an enum that becomes a text",
                        symbols("A"),
                        field("a", "'string'"),
                        "change-encoding a: enum E -> string"),
                pair(
                        "millis to micros",
                        logical("timestamp-millis"),
                        logical("timestamp-micros"),
                        "change-encoding a: timestamp-millis -> timestamp-micros"),
                pair("a logical type that nobody knows counts for nothing", logical("acme"), field("a", "'long'")),
                pair(
                        "an instant is no local time",
                        logical("timestamp-micros"),
                        logical("local-timestamp-micros"),
                        "incompatible a: timestamp-micros -> local-timestamp-micros"),
                pair(
                        "order",
                        field("a", "'int'") + ", " + field("b", "'int'"),
                        field("b", "'int'") + ", " + field("a", "'int'"),
                        "reorder : the fields stand in another order"),
                pair(
                        "a field in between is no other order",
                        field("a", "'int'") + ", " + field("c", "'int'"),
                        field("a", "'int'") + ", " + field("b", "'int'") + ", " + field("c", "'int'"),
                        "add-column b: int, no default"),
                pair(
                        "default",
                        "{'name': 'a', 'type': 'int', 'default': 1}",
                        "{'name': 'a', 'type': 'int', 'default': 2}",
                        "change-default a: 1 -> 2"),
                pair(
                        "a default of bytes that stays",
                        "{'name': 'a', 'type': 'bytes', 'default': '\\\\u00ff'}",
                        "{'name': 'a', 'type': 'bytes', 'default': '\\\\u00ff'}"),
                pair(
                        "a default of bytes",
                        "{'name': 'a', 'type': 'bytes', 'default': 'ab'}",
                        "{'name': 'a', 'type': 'bytes', 'default': 'cd'}",
                        "change-default a: \"ab\" -> \"cd\""),
                pair(
                        "a default that is gone",
                        "{'name': 'a', 'type': 'int', 'default': 1}",
                        field("a", "'int'"),
                        "change-default a: 1 -> none"),
                pair(
                        "doc",
                        field("a", "'int'"),
                        "{'name': 'a', 'type': 'int', 'doc': 'A'}",
                        "change-doc a: the doc differs"),
                pair(
                        "in the items of a list",
                        field("lines", list("'int'")),
                        field("lines", list("'long'")),
                        "widen-type lines[]: int -> long"),
                pair(
                        "in a record in a list",
                        field("lines", list(LINE.formatted(field("p", "'int'")))),
                        field("lines", list(LINE.formatted(field("p", "'int'") + ", " + field("q", "'int'")))),
                        "add-column lines[].q: int, no default"),
                pair(
                        "in the values of a map",
                        field("m", "{'type': 'map', 'values': 'int'}"),
                        field("m", "{'type': 'map', 'values': ['null', 'int']}"),
                        "make-optional m{}: int, null is allowed now"),
                pair(
                        "in a branch",
                        field("u", "['int', 'string']"),
                        field("u", "['long', 'string', 'boolean']"),
                        "add-column u.long: long, a branch of the union",
                        "add-column u.boolean: boolean, a branch of the union",
                        "drop-column u.int: was int, a branch of the union"),
                pair(
                        "a choice is no single type",
                        field("u", "'int'"),
                        field("u", "['int', 'string']"),
                        "incompatible u: int -> int or string"),
                pair("lengths", fixed(4), fixed(8), "incompatible a: fixed(4) -> fixed(8)"),
                pair(
                        "a record that contains itself",
                        field("next", "['null', 'R']") + ", " + field("a", "'int'"),
                        field("next", "['null', 'R']") + ", " + field("a", "'long'"),
                        "widen-type a: int -> long"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void areFoundByPath(String name, String older, String newer, List<String> changes) throws AvroSchemas.NotAvro {
        assertThat(SchemaChanges.between(AvroSchemas.parse(record(older)), AvroSchemas.parse(record(newer))))
                .extracting(change -> change.kind().word() + " " + change.path() + ": " + change.detail())
                .containsExactlyElementsOf(changes);
    }

    private static Arguments pair(String name, String older, String newer, String... changes) {
        return Arguments.of(name, older, newer, List.of(changes));
    }

    private static String record(String fields) {
        return "{'type': 'record', 'name': 'R', 'fields': [%s]}"
                .formatted(fields)
                .replace('\'', '"');
    }

    private static String field(String name, String type) {
        return "{'name': '" + name + "', 'type': " + type + "}";
    }

    private static String decimal(int precision, int scale) {
        return field(
                "a",
                "{'type': 'bytes', 'logicalType': 'decimal', 'precision': " + precision + ", 'scale': " + scale + "}");
    }

    private static String logical(String word) {
        return field("a", "{'type': 'long', 'logicalType': '" + word + "'}");
    }

    private static String symbols(String... symbols) {
        return field("a", "{'type': 'enum', 'name': 'E', 'symbols': ['" + String.join("', '", symbols) + "']}");
    }

    private static String fixed(int size) {
        return field("a", "{'type': 'fixed', 'name': 'F', 'size': " + size + "}");
    }

    private static String list(String items) {
        return "{'type': 'array', 'items': " + items + "}";
    }
}

package dev.firn.schema.avro;

import dev.firn.schema.testing.AvroBytes;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** What the fuzzer's bytes are read as; an entry's place is part of the corpus, so new ones go to the end. */
final class FuzzedSchemas {

    /** @param json fields that become a text of JSON, so that there is no value of Avro's to compare with */
    record Fuzzed(Schema writer, Schema reader, AvroRules rules, boolean json) {}

    private static final String NODE = "{'type': 'record', 'name': 'Node', 'fields': [{'name': 'n', 'type': 'int'},"
            + " {'name': 'next', 'type': ['null', 'Node']}, {'name': 'more', 'type': {'type': 'array', 'items': 'Node'}},"
            + " {'name': 'named', 'type': {'type': 'map', 'values': ['string', 'null', 'Node']}}]}";

    static final List<Fuzzed> ALL = List.of(
            same("v 'boolean'", "i 'int'", "l 'long'", "f 'float'", "d 'double'"),
            same("v 'string'", "w 'string'"),
            same("v 'bytes'", "w {'type': 'fixed', 'name': 'F', 'size': 3}"),
            same("v {'type': 'enum', 'name': 'E', 'symbols': ['A', 'B', 'C']}", "w 'string'"),
            same("v ['null', 'long']", "w ['string', 'null']", "x ['null', 'boolean']"),
            same("v {'type': 'array', 'items': 'long'}", "w {'type': 'array', 'items': ['null', 'string']}"),
            same("v {'type': 'map', 'values': 'string'}", "w {'type': 'map', 'values': ['int', 'null']}"),
            same("v {'type': 'array', 'items': {'type': 'array', 'items': {'type': 'map', 'values': {'type': 'array',"
                    + " 'items': 'int'}}}}"),
            same("v ['null', 'string', 'long', 'double', {'type': 'array', 'items': 'int'}, {'type': 'record',"
                    + " 'name': 'I', 'fields': [{'name': 'x', 'type': 'int'}]}]"),
            same(
                    decimal("v", "'bytes'", 4, 2),
                    decimal("w", "'bytes'", 38, 10),
                    decimal("x", "'fixed', 'name': 'D8', 'size': 8", 18, 0),
                    decimal("y", "'fixed', 'name': 'D17', 'size': 17", 38, 38)),
            same(
                    logical("v", "int", "date"),
                    logical("w", "int", "time-millis"),
                    logical("x", "long", "time-micros"),
                    logical("y", "string", "uuid")),
            same(
                    logical("v", "long", "timestamp-millis"),
                    logical("w", "long", "timestamp-micros"),
                    logical("x", "long", "local-timestamp-millis"),
                    logical("y", "long", "local-timestamp-micros")),
            same(wide()),
            same("v " + deep(40)),
            same(
                    "v {'type': 'array', 'items': {'type': 'record', 'name': 'L', 'fields': [{'name': 'sku', 'type': 'string'},"
                            + " {'name': 'tags', 'type': {'type': 'map', 'values': 'double'}}]}}",
                    "w ['null', 'L']"),
            evolved(
                    AvroBytes.record("b 'int'", "a 'float'", "old 'string'", "u ['null', 'int']"),
                    AvroBytes.record(
                            "a 'double'",
                            "b 'long'",
                            "u ['null', 'long']",
                            "new 'string', 'aliases': ['old']",
                            "d 'int', 'default': 7")),
            evolved(
                    AvroBytes.record(
                            "e {'type': 'enum', 'name': 'E', 'symbols': ['A', 'B', 'C']}",
                            "u ['string', {'type': 'record', 'name': 'I', 'fields': [{'name': 'x', 'type': 'int'}]}]"),
                    AvroBytes.record(
                            "u [{'type': 'record', 'name': 'I', 'fields': [{'name': 'x', 'type': 'long'}, {'name': 'y',"
                                    + " 'type': ['null', 'int'], 'default': null}]}, 'string', 'int']",
                            "e {'type': 'enum', 'name': 'E', 'symbols': ['A', 'B', 'C', 'D']}")),
            json("v " + NODE, "w 'int'"),
            json("v ['null', " + NODE + "]", "w 'int'"),
            json("v {'type': 'array', 'items': 'null'}", "w 'int'"),
            json(
                    "v {'type': 'map', 'values': ['null', 'string', {'type': 'array', 'items': ['double', 'bytes']}]}",
                    "w 'int'"));

    private FuzzedSchemas() {}

    private static Fuzzed same(String... fields) {
        Schema schema = AvroBytes.record(fields);
        return new Fuzzed(schema, schema, AvroRules.STRICT, false);
    }

    private static Fuzzed evolved(Schema writer, Schema reader) {
        return new Fuzzed(writer, reader, AvroRules.STRICT, false);
    }

    private static Fuzzed json(String... fields) {
        Schema schema = AvroBytes.record(fields);
        AvroRules rules = new AvroRules(Nanoseconds.REFUSE, new TreeSet<>(List.of("v")));
        return new Fuzzed(schema, schema, rules, true);
    }

    private static String decimal(String field, String type, int precision, int scale) {
        return field + " {'type': " + type + ", 'logicalType': 'decimal', 'precision': " + precision + ", 'scale': "
                + scale + "}";
    }

    private static String logical(String field, String type, String word) {
        return field + " {'type': '" + type + "', 'logicalType': '" + word + "'}";
    }

    private static String[] wide() {
        return IntStream.range(0, 40)
                .mapToObj(
                        i -> "f" + i + " ['null', '" + (i % 3 == 0 ? "string" : i % 3 == 1 ? "long" : "double") + "']")
                .toArray(String[]::new);
    }

    private static String deep(int levels) {
        return IntStream.range(0, levels)
                        .mapToObj(i ->
                                "{'type': 'record', 'name': 'D" + i + "', 'fields': [{'name': 'f', 'type': ['null', ")
                        .collect(Collectors.joining())
                + "'int'" + "]}]}".repeat(levels);
    }
}

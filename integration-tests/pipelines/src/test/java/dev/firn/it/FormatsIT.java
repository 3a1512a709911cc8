package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.RegisteredSchemas;
import dev.firn.it.testing.Stack;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Formats other than Avro's bytes in their frame, a source of one pipeline each, from bytes in a topic to rows read back. */
class FormatsIT {

    private final String bytes = Stack.unique("bytes");
    private final String texts = Stack.unique("texts");
    private final String plain = Stack.unique("plain");
    private final String framed = Stack.unique("framed");
    private final String messages = Stack.unique("messages");
    private final String written = Stack.unique("written");
    private final String printed = Stack.unique("printed");

    @Test
    void everyFormatBecomesRowsAndWhatItCannotReadIsQuarantined() throws Exception {
        for (String topic : List.of(bytes, texts, plain, framed, messages, written, printed)) {
            Stack.running().createTopic(topic, 1);
        }
        Pipeline pipeline = Pipeline.of(Stack.unique("formats"), List.of(), "");
        String file = Files.readString(pipeline.file());
        String sources = file.substring(file.indexOf("source:"), file.indexOf("sink:"));
        Files.writeString(pipeline.file(), file.replace(sources, "source:\n" + raw() + json() + protobuf() + avro()));
        Files.writeString(pipeline.file().resolveSibling("plain.schema.json"), ORDER);
        Files.writeString(pipeline.file().resolveSibling("visit.avsc"), AVRO_VISIT);
        int first = RegisteredSchemas.register(
                "JSON", framed + "-value", "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"integer\"}}}");
        int second = RegisteredSchemas.register("JSON", framed + "-value", ORDER);
        int avro = Stack.running().register(written + "-value", AVRO_VISIT);
        int proto = RegisteredSchemas.register("PROTOBUF", messages + "-value", VISIT);
        try (Records records = new Records()) {
            records.send(bytes, new byte[] {0, 0, 0, 0, 9, -1});
            records.send(bytes, 0, null);
            records.send(bytes, new byte[0]);
            records.send(texts, utf8("sn\u00f6"));
            records.send(texts, new byte[] {'a', -1});
            records.send(plain, utf8(FULL));
            records.send(plain, utf8("{\"order-id\": 2, \"@type\": \"x\", \"unknown\": [1]}"));
            records.send(plain, utf8("{\"order-id\": 3.5}"));
            records.send(framed, framed(second, FULL));
            records.send(framed, framed(first, "{\"id\": 1}"));
            records.send(framed, framed(second, "{\"order-id\": 4}}"));
            records.send(framed, utf8("{\"order-id\": 5}"));
            records.send(messages, framed(proto, new byte[] {0, 8, 7, 18, 2, 8, 9, 26, 1, 'x', 26, 1, 'y', 32, 2}));
            records.send(messages, framed(proto, new byte[] {2, 0, 8, 5}));
            records.send(messages, framed(proto, new byte[] {0, 8}));
            records.send(written, framed(avro, "{\"id\": 1, \"at\": 9000, \"note\": {\"string\": \"x\"}}"));
            records.send(written, framed(avro, "{\"id\": 1.5, \"at\": 9000, \"note\": null}"));
            records.send(printed, utf8("{\"note\": null, \"id\": 2, \"at\": 9000}"));
            records.send(printed, utf8("{\"note\": \"x\", \"id\": 3, \"at\": 9000}"));
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(bytes), "value", "_offset"))
                .containsExactly(
                        List.of(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 9, -1}), 0L),
                        List.of(ByteBuffer.wrap(new byte[0]), 2L));
        assertThat(pipeline.rows(pipeline.table(texts), "body", "key")).containsExactly(List.of("sn\u00f6", "key"));
        assertThat(pipeline.rows(pipeline.quarantine(), "stream", "position", "code", "message"))
                .containsExactlyInAnyOrder(
                        List.of(texts, 1L, "bad-utf8", "`body` is not UTF-8: byte `0xff` at 1 of 2"),
                        List.of(
                                plain,
                                2L,
                                "invalid-value",
                                "`order-id` is the number `3.5`, and its schema says `integer`"),
                        List.of(framed, 2L, "trailing-bytes", "the object ends after 15 bytes of a value of 16"),
                        List.of(
                                messages,
                                2L,
                                "truncated-payload",
                                "it is no message `Visit`: While parsing a protocol message, the input ended unexpectedly in"
                                        + " the middle of a field.  This could mean either that the input has been truncated or"
                                        + " that an embedded message misreported its own length."),
                        List.of(written, 1L, "invalid-value", "`id` is the number `1.5`, and its schema says `long`"),
                        List.of(
                                printed,
                                1L,
                                "invalid-value",
                                "`note` is the text `x`, and its schema says `null or {\"string\": …}`"),
                        List.of(framed, 3L, "wrong-magic-byte", "the value starts with byte `0x7b`, not with `0x00`"));
        assertThat(plain(pipeline.rows(pipeline.table(framed), COLUMNS)))
                .as("the older schema has another field, and not the required one")
                .containsExactlyInAnyOrder(
                        fullRow(), Arrays.asList(null, null, null, null, null, null, null, null, null));
        assertThat(pipeline.rows(pipeline.table(framed), "_schema_id", "id"))
                .containsExactlyInAnyOrder(Arrays.asList(second, null), List.of(first, 1L));
        assertThat(plain(pipeline.rows(pipeline.table(messages), "id", "at", "pages", "kind")))
                .containsExactly(
                        List.of(7L, OffsetDateTime.parse("1970-01-01T00:00:09Z"), List.of("x", "y"), "BOT"),
                        Arrays.asList(5L, null, List.of(), "PERSON"));
        OffsetDateTime nine = OffsetDateTime.parse("1970-01-01T00:00:09Z");
        assertThat(pipeline.rows(pipeline.table(written), "id", "at", "note")).containsExactly(List.of(1L, nine, "x"));
        assertThat(pipeline.rows(pipeline.table(printed), "id", "at", "note"))
                .containsExactly(Arrays.asList(2L, nine, null));
        assertThat(plain(pipeline.rows(pipeline.table(plain), COLUMNS)))
                .containsExactly(fullRow(), Arrays.asList(2L, "x", null, null, null, null, null, null, null));
        tablesFollowAFileThatSaysMore(pipeline);
    }

    private void tablesFollowAFileThatSaysMore(Pipeline pipeline) throws Exception {
        Files.writeString(
                pipeline.file().resolveSibling("plain.schema.json"),
                ORDER.replace("\"any\": {}", "\"any\": {}, \"more\": {\"type\": \"string\"}"));
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace("{offset: _offset}", "{offset: _offset, partition: _partition}"));
        try (Records records = new Records()) {
            records.send(bytes, new byte[] {7});
            records.send(plain, utf8("{\"order-id\": 3, \"more\": \"told\"}"));
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(plain), "order-id", "more"))
                .containsExactlyInAnyOrder(Arrays.asList(1L, null), Arrays.asList(2L, null), List.of(3L, "told"));
        assertThat(pipeline.rows(pipeline.table(bytes), "_offset", "_partition"))
                .containsExactlyInAnyOrder(Arrays.asList(0L, null), Arrays.asList(2L, null), List.of(3L, 0));
    }

    private String raw() {
        return source(bytes, "{type: raw}\n    metadata: {offset: _offset}")
                + source(texts, "{type: raw, column: body, column-type: string}\n    key: {type: string}");
    }

    private static final String ORDER =
            """
            {"$defs": {"money": {"type": "number", "multipleOf": 0.01}}, "type": "object", "required": ["order-id"],
             "properties": {
               "order-id": {"type": "integer"}, "@type": {"type": ["string", "null"]},
               "amount": {"$ref": "#/$defs/money"}, "weight": {"type": "number"},
               "at": {"type": "string", "format": "date-time"}, "uuid": {"type": "string", "format": "uuid"},
               "lines": {"type": "array", "items": {"properties": {"n": {"type": "integer"}}, "required": ["n"]}},
               "tags": {"type": "object", "additionalProperties": {"type": "boolean"}},
               "any": {}}}""";

    private static final String[] COLUMNS = {
        "order-id", "@type", "amount", "weight", "at", "uuid", "lines", "tags", "any"
    };

    private static final String FULL =
            """
            {"order-id": 1, "@type": null, "amount": 12.5, "weight": 0.1, "at": "2024-02-29T12:00:00.000001+02:00",
             "uuid": "00112233-4455-6677-8899-aabbccddeeff", "lines": [{"n": 7}], "tags": {"new": true},
             "any": {"b": [1.50, null]}}""";

    private static List<@Nullable Object> fullRow() {
        return Arrays.asList(
                1L,
                null,
                new BigDecimal("12.50"),
                0.1,
                OffsetDateTime.parse("2024-02-29T10:00:00.000001Z"),
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                List.of(Map.of("n", 7L)),
                Map.of("new", true),
                "{\"b\": [1.50, null]}");
    }

    private String json() {
        return source(plain, "{type: json, schema-file: plain.schema.json, json-fields: [any]}")
                + source(
                        framed,
                        "{type: json, registry: {url: \"${env:REGISTRY}\"}, json-fields: [any]}\n    metadata: {schema-id: _schema_id}");
    }

    private static final String VISIT =
            """
            syntax = "proto3";
            import "google/protobuf/timestamp.proto";
            message Visit { int64 id = 1; google.protobuf.Timestamp at = 2; repeated string pages = 3; Kind kind = 4; }
            enum Kind { PERSON = 0; BOT = 2; }""";

    private String protobuf() {
        return source(messages, "{type: protobuf, registry: {url: \"${env:REGISTRY}\"}}");
    }

    private static final String AVRO_VISIT =
            """
            {"type": "record", "name": "Visit", "fields": [{"name": "id", "type": "long"},
             {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
             {"name": "note", "type": ["null", "string"]}]}""";

    private String avro() {
        return source(written, "{type: avro, encoding: json, registry: {url: \"${env:REGISTRY}\"}}")
                + source(printed, "{type: avro, encoding: json, schema-file: visit.avsc}");
    }

    private static byte[] framed(int id, String json) {
        return framed(id, utf8(json));
    }

    private static byte[] framed(int id, byte[] bytes) {
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(id)
                .put(bytes)
                .array();
    }

    private static String source(String topic, String format) {
        return """
                  - name: %s
                    type: kafka
                    topics: [%s]
                    properties: {bootstrap.servers: "${env:KAFKA}"}
                    format: %s
                """
                .formatted(topic, topic, format);
    }

    /** Structs as maps, so that equal values are equal. */
    private static List<List<@Nullable Object>> plain(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .<List<@Nullable Object>>map(
                        row -> row.stream().map(FormatsIT::plain).collect(Collectors.toCollection(ArrayList::new)))
                .toList();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(FormatsIT::plain).toList();
        }
        if (value instanceof Record record) {
            Map<String, @Nullable Object> fields = new HashMap<>();
            record.struct().fields().forEach(field -> fields.put(field.name(), record.getField(field.name())));
            return fields;
        }
        return value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

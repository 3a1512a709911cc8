package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Columns of where a record came from, in tables that are gathered and named by them. */
class MetadataIT {

    private static final Schema ORDER =
            SchemaBuilder.record("Order").fields().requiredLong("id").endRecord();

    @Test
    void eachRowSaysWhereItCameFrom() throws Exception {
        String topic = Stack.unique("placed");
        Stack.running().createTopic(topic, 2);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("metadata"),
                List.of(topic),
                """
                route:
                  - {from: %s, by: _partition, to: [NAME.all, NAME.of$by]}
                tables:
                  - {table: NAME.all, partition-by: _partition, properties: {write.distribution-mode: hash}}
                """
                        .formatted(topic));
        withMetadata(
                pipeline,
                "{topic: _topic, partition: _partition, offset: _offset, key: _key, timestamp: _time}\n  key: {type: string}");
        try (Records records = new Records()) {
            for (long id = 0; id < 6; id++) {
                GenericRecord order =
                        new GenericRecordBuilder(ORDER).set("id", id).build();
                records.send(topic, (int) id % 2, records.framed(topic, order));
            }
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table("all"), "id", "key", "_topic", "_partition", "_offset", "_key"))
                .containsExactlyInAnyOrder(
                        row(0, topic, 0, 0),
                        row(1, topic, 1, 0),
                        row(2, topic, 0, 1),
                        row(3, topic, 1, 1),
                        row(4, topic, 0, 2),
                        row(5, topic, 1, 2));
        assertThat(pipeline.rows(pipeline.table("of1"), "id", "_offset"))
                .containsExactlyInAnyOrder(List.of(1L, 0L), List.of(3L, 1L), List.of(5L, 2L));
        assertThat(pipeline.rows(pipeline.table("all"), "_time")).doesNotContain(Collections.singletonList(null));
    }

    @Test
    void aKeysFieldsAreColumnsAndABrokenKeyIsQuarantined() throws Exception {
        String topic = Stack.unique("keyed");
        Stack.running().createTopic(topic, 1);
        Schema key = SchemaBuilder.record("OrderKey")
                .fields()
                .requiredLong("id")
                .optionalString("region")
                .endRecord();
        int keyId = Stack.running().register(topic + "-key", key.toString());
        Pipeline pipeline = Pipeline.of(Stack.unique("avro_keys"), List.of(topic), "");
        withMetadata(pipeline, "{offset: _offset}\n  key: {type: avro}");
        try (Records records = new Records()) {
            byte[] value = records.framed(
                    topic, new GenericRecordBuilder(ORDER).set("id", 1L).build());
            records.send(topic, 0, framed(keyId, 14, 2, 4, 'E', 'U'), value);
            records.send(topic, 0, null, value);
            records.send(topic, 0, framed(keyId, 14, 2), value);
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(topic), "id", "key_id", "key_region", "_offset"))
                .containsExactlyInAnyOrder(List.of(1L, 7L, "EU", 0L), Arrays.asList(1L, null, null, 1L));
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "code", "message"))
                .containsExactly(List.of(
                        2L,
                        "truncated-payload",
                        "in the key, the value ends in `region`, which needs 1 more byte where 0 are left"));
    }

    private static byte[] framed(int id, int... payload) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + payload.length).put((byte) 0).putInt(id);
        for (int next : payload) {
            bytes.put((byte) next);
        }
        return bytes.array();
    }

    @Test
    void aNameThatTheValueHasAlreadyIsSaidBeforeAnythingRuns() throws Exception {
        String topic = Stack.unique("taken");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("taken_names"), List.of(topic), "");
        withMetadata(pipeline, "{offset: ID}");
        try (Records records = new Records()) {
            records.send(topic, new GenericRecordBuilder(ORDER).set("id", 1L).build());
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("error[column-name-taken]: the values of topic `" + topic + "` have a field `ID` already")
                .contains("fix: give it a name of its own; case makes no difference");
    }

    private static void withMetadata(Pipeline pipeline, String metadata) throws IOException {
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace("NAME", pipeline.name())
                        .replace("  format:", "  metadata: " + metadata + "\n  format:"));
    }

    private static List<Object> row(long id, String topic, int partition, long offset) {
        return List.of(id, "key", topic, partition, offset, ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)));
    }
}

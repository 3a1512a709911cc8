package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicReader;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can't be delivered lies in quarantine with its reason, its place and its bytes; the good rows did not wait. */
class QuarantineIT {

    private static final Schema AMOUNT = LogicalTypes.decimal(4, 2).addToSchema(Schema.create(Schema.Type.BYTES));
    private static final Schema FIRST = SchemaBuilder.record("Payment")
            .fields()
            .requiredLong("id")
            .name("amount")
            .type(AMOUNT)
            .noDefault()
            .requiredString("note")
            .endRecord();
    private static final Schema SECOND = SchemaBuilder.record("Payment")
            .fields()
            .requiredLong("id")
            .name("amount")
            .type(AMOUNT)
            .noDefault()
            .requiredString("note")
            .optionalString("coupon")
            .endRecord();

    private static final int LARGE = 150;
    private static final String KEY = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    private static final String OTHER_KEY = "IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=";

    @Test
    void keepsEachBadRecordUnderItsCodeWithPlaceAndBytes() throws Exception {
        String topic = Stack.unique("payments");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("bad"),
                List.of(topic),
                "tables: {table: '*', schema-evolution: {add-column: quarantine}}\n");
        byte[] good;
        try (Records records = new Records()) {
            good = records.framed(topic, payment(FIRST, 1, "1.50", "fine"));
            records.send(topic, good);
            records.send(topic, new byte[] {'{', '"', 'i', 'd', '"', ':', '1', '}'});
            records.send(topic, Arrays.copyOf(good, good.length - 2));
            records.send(topic, new byte[] {0, 0, 1});
            records.send(topic, Arrays.copyOf(good, good.length + 1));
            records.send(topic, withId(good, 987_654));
            records.send(topic, badText(good));
            records.send(topic, records.framed(topic, payment(FIRST, 2, "12345.67", "too large")));
            records.send(topic, (byte[]) null);
            records.send(topic, records.framed(topic, payment(FIRST, 3, "2.00", "fine too")));
        }
        JsonNode before = preview(pipeline);
        assertThat(pipeline.lakeFolder()).as("a preview makes nothing").doesNotExist();
        Firn.Answer first = pipeline.run("--until-caught-up");
        assertThat(first.exitCode()).as(first.err()).isZero();
        byte[] widened;
        try (Records records = new Records()) {
            widened = records.framed(topic, payment(SECOND, 4, "3.00", "has a coupon"));
            records.send(topic, widened);
        }

        Firn.Answer second = pipeline.run("--until-caught-up");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err()).contains("danger[table-lacks-column]", "`coupon`");
        assertThat(pipeline.rows(pipeline.table(topic), "id").stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrder(1L, 3L);
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "code").stream()
                        .map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrder(
                        "1 wrong-magic-byte",
                        "2 truncated-payload",
                        "3 truncated-payload",
                        "4 trailing-bytes",
                        "5 unknown-schema-id",
                        "6 bad-utf8",
                        "7 decimal-overflow",
                        "10 schema-change-refused");
        // Seen before anything was written, as it was written then; the record that came later is the only difference.
        assertAgrees(preview(pipeline), pipeline, topic, position -> true);
        assertAgrees(before, pipeline, topic, position -> position < 10);
        assertThat(
                        pipeline
                                .rows(pipeline.quarantine(), "position", "value", "key", "value_schema_id", "message")
                                .stream()
                                .filter(row -> Long.valueOf(10).equals(row.get(0))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get(1)).isEqualTo(ByteBuffer.wrap(widened));
                    assertThat(row.get(2)).isEqualTo(ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8)));
                    assertThat(row.get(3))
                            .isEqualTo(ByteBuffer.wrap(widened, 1, 4).getInt());
                    assertThat(String.valueOf(row.get(4))).contains("coupon");
                });
        assertThat(pipeline.rows(pipeline.quarantine(), "headers")).hasSize(8).allSatisfy(row -> assertThat(
                        (List<?>) row.get(0))
                .singleElement()
                .isInstanceOfSatisfying(Record.class, header -> {
                    assertThat(header.getField("key")).isEqualTo("trace-id");
                    assertThat(header.getField("value")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
                }));
        try (Lake lake = pipeline.lake()) {
            assertThat(lake.ledger().since(0).stream()
                            .map(Epoch::outcomes)
                            .flatMap(List::stream)
                            .filter(count -> count.outcome() == Outcome.NON_DATA))
                    .extracting(OutcomeCount::reason, OutcomeCount::records)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("tombstone", 1L));
        }
        assertIsPutBackOnceItIsMended(pipeline, topic);
    }

    private static void assertIsPutBackOnceItIsMended(Pipeline pipeline, String topic) throws IOException {
        String file = pipeline.file().toString();
        Firn.Answer stats = Firn.run(pipeline.environment(), "quarantine", "stats", file);
        assertThat(stats.out()).contains(": 8 records wait").containsPattern("schema-change-refused +1 +0 ");
        Firn.Answer list = Firn.run(pipeline.environment(), "quarantine", "list", file);
        assertThat(list.out()).contains("kafka/" + topic + "-0@10  ", "the value starts with byte `0x7b`");
        Firn.Answer show = Firn.run(pipeline.environment(), "quarantine", "show", file, topic + "-0@1");
        assertThat(show.out())
                .contains("wrong-magic-byte", "7b 22 69 64 22 3a 31 7d", "{\"id\":1}", "header    trace-id: ");
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file()).replace("add-column: quarantine", "add-column: apply"));

        Firn.Answer mended = Firn.run(pipeline.environment(), "replay", file);

        assertThat(mended.exitCode()).as(mended.out() + mended.err()).isEqualTo(1);
        assertThat(mended.out())
                .contains("1 record put back in 1 epoch, 7 refused again")
                .containsPattern("schema-change-refused +1 +0");
        assertThat(pipeline.rows(pipeline.table(topic), "id", "coupon").stream()
                        .map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrder("1 null", "3 null", "4 null");
        Firn.Answer again = Firn.run(pipeline.environment(), "replay", "--code", "schema-change-refused", file);
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(topic), "id")).hasSize(3);
        assertThat(Firn.run(pipeline.environment(), "quarantine", "stats", file).out())
                .contains(": 7 records wait, 1 was put back")
                .containsPattern("schema-change-refused +0 +1 ");
        Firn.Answer audit = Firn.run(pipeline.environment(), "audit", "--recount", file);
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        Firn.Answer rewind = Firn.run(pipeline.environment(), "rewind", "--to", "0", "--yes", file);
        assertThat(rewind.exitCode()).as(rewind.out() + rewind.err()).isEqualTo(1);
        assertThat(rewind.out()).contains("what is at position 10: it would be there twice");
        Firn.Answer third = pipeline.run("--until-caught-up");
        assertThat(third.exitCode()).as(third.err()).isZero();
    }

    @Test
    void endsWhereTooMuchIsBadAndOpensWhatIsEncryptedWithItsKeyAlone() throws Exception {
        String topic = Stack.unique("payments");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("sealed"),
                List.of(topic),
                """
                tables: {table: '*', expect: {small: amount < 50}}
                quarantine: {payload: encrypted, key: "${secret:quarantine-key}", halt-above: {share: 50%, over: 10m}, topic: TOPIC-dlq}
                """
                        .replace("TOPIC", topic));
        String file = pipeline.file().toString();
        byte[] large;
        try (Records records = new Records()) {
            records.send(topic, records.framed(topic, payment(FIRST, 1, "1.50", "fine")));
            large = records.framed(topic, payment(FIRST, 2, "99.00", "ada@example.org"));
            records.send(topic, large);
            for (int id = 3; id <= LARGE; id++) {
                records.send(topic, records.framed(topic, payment(FIRST, id, "98.00", "large, too")));
            }
        }
        Firn.Answer noTopic = Firn.run(with(pipeline, KEY), "run", "--until-caught-up", file);
        assertThat(noTopic.exitCode()).as(noTopic.err()).isEqualTo(2);
        assertThat(noTopic.err())
                .contains("error[quarantine-topic-unsuited]: topic `" + topic
                        + "-dlq` can't be written to: there is none");
        Stack.running().createTopic(topic + "-dlq", 1);
        Firn.Answer noKey = Firn.run(with(pipeline, "a pass phrase"), "run", "--until-caught-up", file);
        assertThat(noKey.exitCode()).as(noKey.err()).isNotZero();
        assertThat(noKey.err()).contains("is not the base64 of 32 bytes").doesNotContain("pass phrase");

        for (int start = 1; start <= 2; start++) {
            Firn.Answer flooded = Firn.run(with(pipeline, KEY), "run", "--until-caught-up", file);
            assertThat(flooded.exitCode()).as(flooded.err()).isEqualTo(1);
            assertThat(flooded.err())
                    .contains("quarantine-flood: 1", "`halt-above` lets 50% through: 1", "`rule-broken` of `")
                    .contains("are in kafka/" + topic + "-0, between positions ");
            assertThat(pipeline.rows(pipeline.quarantine(), "position")).hasSizeLessThan(100);
            assertThat(TopicReader.committed(topic + "-dlq")).hasSizeLessThan(100);
        }
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("share: 50%", "share: 100%"));

        Firn.Answer run = Firn.run(with(pipeline, KEY), "run", "--until-caught-up", file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<List<@Nullable Object>> sealed =
                pipeline.rows(pipeline.quarantine(), "key", "value", "headers", "message", "position");
        assertThat(sealed).hasSize(LARGE - 1);
        assertThat(sealed.stream().filter(row -> Long.valueOf(1).equals(row.get(4))))
                .singleElement()
                .satisfies(row -> {
                    assertThat(hex(row.get(0))).hasSize(2 * (12 + "key".length() + 16));
                    assertThat(hex(row.get(1)))
                            .hasSize(2 * (12 + large.length + 16))
                            .doesNotContain(HexFormat.of().formatHex("ada@".getBytes(StandardCharsets.UTF_8)));
                    assertThat(hex(((Record) ((List<?>) row.get(2)).get(0)).getField("value")))
                            .hasSize(2 * (12 + 3 + 16));
                    assertThat(String.valueOf(row.get(3))).doesNotContain("ada@");
                });
        assertThat(TopicReader.committed(topic + "-dlq").stream()
                        .map(message -> List.of(
                                TopicReader.header(message, "firn.position"),
                                HexFormat.of().formatHex(message.key()),
                                HexFormat.of().formatHex(message.value()),
                                TopicReader.header(message, "firn.message"))))
                .containsExactlyInAnyOrderElementsOf(sealed.stream()
                        .map(row -> List.of(
                                String.valueOf(row.get(4)),
                                hex(row.get(0)),
                                hex(row.get(1)),
                                String.valueOf(row.get(3))))
                        .toList());
        assertThat(Firn.run(pipeline.environment(), "quarantine", "list", file).out())
                .contains("kafka/" + topic + "-0@" + (LARGE - 1) + "  ");
        Firn.Answer show = Firn.run(with(pipeline, KEY), "quarantine", "show", file, topic + "-0@1");
        assertThat(show.out()).contains("header    trace-id: ", "6b 65 79", "ada@ex");
        Firn.Answer shut = Firn.run(pipeline.environment(), "quarantine", "show", file, topic + "-0@1");
        assertThat(shut.exitCode()).as(shut.err()).isZero();
        assertThat(shut.out())
                .contains("bytes     encrypted with `", "not opened: reference `${secret:quarantine-key}`")
                .doesNotContain("6b 65 79", "ada@ex");
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("amount < 50", "amount < 100"));

        Firn.Answer other = Firn.run(with(pipeline, OTHER_KEY), "replay", file);
        assertThat(other.exitCode()).as(other.out()).isNotZero();
        assertThat(other.err())
                .contains("nothing is put back: of " + (LARGE - 1) + " records that wait " + (LARGE - 1)
                        + " can't be opened");
        assertThat(pipeline.rows(pipeline.table(topic), "id")).hasSize(1);
        Firn.Answer replay = Firn.run(with(pipeline, KEY), "replay", file);

        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(topic), "id").stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, LARGE).boxed().toList());
        assertThat(pipeline.rows(pipeline.table(topic), "id", "note").stream()
                        .map(row -> row.get(0) + " " + row.get(1)))
                .contains("1 fine", "2 ada@example.org");
        for (Firn.Answer answer : List.of(noKey, run, show, shut, other, replay)) {
            assertThat(answer.out() + answer.err()).doesNotContain(KEY, OTHER_KEY);
        }
    }

    private static Map<String, String> with(Pipeline pipeline, String key) {
        Map<String, String> environment = new HashMap<>(pipeline.environment());
        environment.put("QUARANTINE_KEY", key);
        return environment;
    }

    private static String hex(@Nullable Object bytes) {
        ByteBuffer buffer = ((ByteBuffer) Objects.requireNonNull(bytes)).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private static JsonNode preview(Pipeline pipeline) throws IOException {
        Firn.Answer answer = Firn.run(
                pipeline.environment(),
                "preview",
                "--from",
                "earliest",
                "--records",
                "1000",
                "--format",
                "json",
                pipeline.file().toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    /** What a preview says of records is what became of them: the same rows, the same reasons at the same places. */
    private static void assertAgrees(JsonNode preview, Pipeline pipeline, String topic, Predicate<Long> seen) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : preview.at("/tables/0/rows")) {
            JsonNode values = row.path("values");
            rows.add(values.path("id").asText() + " " + values.path("amount").asText() + " "
                    + values.path("note").asText());
        }
        assertThat(preview.at("/tables/0/table").asText())
                .isEqualTo(pipeline.table(topic).full());
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        pipeline.rows(pipeline.table(topic), "id", "amount", "note").stream()
                                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2))
                                .toList());
        List<String> rejected = new ArrayList<>();
        for (JsonNode record : preview.path("quarantined")) {
            rejected.add(record.at("/from/position").asLong() + " "
                    + record.path("table").asText() + " " + record.path("code").asText() + " "
                    + record.path("message").asText());
        }
        assertThat(rejected)
                .containsExactlyInAnyOrderElementsOf(
                        pipeline.rows(pipeline.quarantine(), "position", "table_name", "code", "message").stream()
                                .filter(row -> seen.test((Long) row.get(0)))
                                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2) + " " + row.get(3))
                                .toList());
        assertThat(preview.path("tombstones").asLong()).isEqualTo(1);
    }

    private static GenericRecord payment(Schema schema, long id, String amount, String note) {
        BigDecimal value = new BigDecimal(amount);
        // Past the precision on purpose: the conversion would refuse it, a careless producer would not.
        ByteBuffer bytes = ByteBuffer.wrap(value.unscaledValue().toByteArray());
        return new GenericRecordBuilder(schema)
                .set("id", id)
                .set("amount", bytes)
                .set("note", note)
                .build();
    }

    private static byte[] withId(byte[] framed, int id) {
        byte[] other = framed.clone();
        ByteBuffer.wrap(other).putInt(1, id);
        return other;
    }

    /** The last byte belongs to the text. */
    private static byte[] badText(byte[] framed) {
        byte[] other = framed.clone();
        other[other.length - 1] = (byte) 0xff;
        return other;
    }
}

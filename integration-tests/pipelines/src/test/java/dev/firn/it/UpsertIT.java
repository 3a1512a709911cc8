package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A table that has one row a key, the newest, or none, whoever dies meanwhile, whatever the schema, wherever rows move. */
class UpsertIT {

    /** Its key has another name than the newest version's, and the table's. */
    private static final Schema FIRST = named(
                    SchemaBuilder.record("Customer").fields().optionalLong("ident"))
            .endRecord();

    private static final Schema WITH_CITY = named(SchemaBuilder.record("Customer")
                    .fields()
                    .name("id")
                    .aliases("ident")
                    .type()
                    .optional()
                    .longType())
            .optionalString("city")
            .endRecord();

    private static final String UPSERT =
            """
            tables: [{table: "*", write: upsert, key: id, partition-by: country}]
            """;

    /** Of producers that say the same name as the newest version. */
    private static final Schema KEY =
            SchemaBuilder.record("CustomerKey").fields().requiredInt("id").endRecord();

    private static final List<String> COUNTRIES = List.of("de", "fr", "it", "pl");
    private static final int PARTITIONS = 3;
    private static final int KEYS = 200;
    private static final int LOAD = 1_500;

    /** Keys that come from all partitions, so that nobody knows which record is their newest; they have one row all the same. */
    private static final long WANDERING = 1_000_000;

    private final Random random = new Random(20261127);
    private final Map<Long, String> newest = new TreeMap<>();
    private int sent;
    private int keyId;

    private static SchemaBuilder.FieldAssembler<Schema> named(SchemaBuilder.FieldAssembler<Schema> key) {
        return key.requiredString("name").requiredString("country");
    }

    @Test
    void everyKeyHasItsNewestRowAfterAKill() throws Exception {
        String topic = Stack.unique("customers");
        Stack.running().createTopic(topic, PARTITIONS);
        keyId = Stack.running().register(topic + "-key", KEY.toString());
        Pipeline pipeline = Pipeline.of(Stack.unique("upserts"), List.of(topic), UPSERT)
                .withSource("tombstones: delete")
                .withSource("key: {type: avro, columns: none}");
        Shop shop = new Shop(topic, topic, pipeline);
        try (Records records = new Records()) {
            records.framed(topic, customer(FIRST, 0L, "registers the older version first", "de"));
            load(records, topic);
            assertThat(preview(pipeline).out())
                    .containsPattern("; [0-9]+ records before them had the same keys; [0-9]+ deletes");
            try (Firn.Started running = shop.start()) {
                shop.awaitEpoch(1, running);
                load(records, topic);
                shop.awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
                running.kill();
            }
            load(records, topic);
            // Nobody could say whose row it would replace.
            records.send(topic, records.framed(topic, customer(WITH_CITY, null, "nobody", "de")));
            records.send(topic, 1, null, null);
        }

        Firn.Answer resumed = pipeline.run("--until-caught-up");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        SortedMap<Long, String> rows = rows(pipeline, topic);
        Map<Long, String> wandering = rows.tailMap(WANDERING);
        assertThat(wandering).hasSize(5).allSatisfy((id, row) -> assertThat(row).doesNotContain(" and "));
        assertThat(rows.headMap(WANDERING)).isEqualTo(newest);
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "rule"))
                .containsExactly(List.of("rule-broken", "key-not-null"), List.of("rule-broken", "key-not-null"));
        assertBalances(pipeline);
        assertIsNotPutBackOverNewerOnes(pipeline);
    }

    private static Firn.Answer preview(Pipeline pipeline) {
        return Firn.run(
                pipeline.environment(),
                "preview",
                "--from",
                "earliest",
                "--records",
                "500",
                pipeline.file().toString());
    }

    private void load(Records records, String topic) throws IOException {
        for (int record = 0; record < LOAD; record++) {
            long id = random.nextInt(KEYS);
            if (random.nextInt(10) == 0) {
                records.send(topic, (int) (id % PARTITIONS), key((int) id), null);
                newest.remove(id);
                continue;
            }
            String name = "v" + sent++;
            String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
            Schema version = random.nextInt(20) == 0 ? FIRST : WITH_CITY;
            records.send(topic, (int) (id % PARTITIONS), records.framed(topic, customer(version, id, name, country)));
            newest.put(id, name + " " + country);
            if (record % 10 == 0) {
                long wandering = WANDERING + random.nextInt(5);
                records.send(
                        topic,
                        random.nextInt(PARTITIONS),
                        records.framed(topic, customer(version, wandering, name, country)));
            }
        }
    }

    private byte[] key(int id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(keyId).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeInt(id);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord customer(Schema version, @Nullable Long id, String name, String country) {
        GenericRecordBuilder customer = new GenericRecordBuilder(version)
                .set(version.getFields().get(0), id)
                .set("name", name)
                .set("country", country);
        if (version.getField("city") != null) {
            customer.set("city", "city of " + name);
        }
        return customer.build();
    }

    private static SortedMap<Long, String> rows(Pipeline pipeline, String topic) {
        SortedMap<Long, String> rows = new TreeMap<>();
        pipeline.rows(pipeline.table(topic), "id", "name", "country")
                .forEach(row -> rows.merge(
                        (Long) row.get(0), row.get(1) + " " + row.get(2), (one, other) -> one + " and " + other));
        return rows;
    }

    private static void assertBalances(Pipeline pipeline) {
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out())
                .contains("superseded", "deleted", "rows were replaced or deleted by later records of their keys");
    }

    private static void assertIsNotPutBackOverNewerOnes(Pipeline pipeline) {
        Firn.Answer replay =
                Firn.run(pipeline.environment(), "replay", pipeline.file().toString());
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(1);
        assertThat(replay.out()).contains("newer-row-possible");
    }

    private static final Schema EVENT = SchemaBuilder.record("Event")
            .fields()
            .optionalLong("event_id")
            .name("happened_at")
            .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .endRecord();

    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    /** Each day the same ids come, which are other events then. */
    private static final int EVENTS_OF_A_DAY = 400;

    private static final int EVENTS = 300;

    private final List<Long> events = new ArrayList<>();

    @Test
    void everyEventHasOneRowThoughCopiesOfItComeBehindAKill() throws Exception {
        String topic = Stack.unique("events");
        Stack.running().createTopic(topic, PARTITIONS);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("unique"),
                List.of(topic),
                """
                tables: [{table: "*", unique: {key: event_id, within: 1h, time: happened_at}, partition-by: day(happened_at)}]
                """);
        Shop shop = new Shop(topic, topic, pipeline);
        try (Records records = new Records()) {
            sendEvents(records, topic);
            try (Firn.Started running = shop.start()) {
                shop.awaitEpoch(1, running);
                sendEvents(records, topic);
                shop.awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
                running.kill();
            }
            sendEvents(records, topic);
            records.send(topic, records.framed(topic, event(null, 0)));
        }

        Firn.Answer resumed = pipeline.run("--until-caught-up");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out() + resumed.err()).contains("as it always does with `unique`");
        assertThat(pipeline.rows(pipeline.table(topic), "event_id", "happened_at"))
                .hasSize(events.size())
                .doesNotHaveDuplicates();
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "rule"))
                .containsExactly(List.of("rule-broken", "key-not-null"));
        assertThat(resumed.out()).contains("deduplicated");
    }

    /** New events, and as many copies of old and new ones, in whatever partition. */
    private void sendEvents(Records records, String topic) {
        for (int record = 0; record < EVENTS; record++) {
            long next = events.size();
            events.add(next);
            sendEvent(records, topic, next);
            sendEvent(records, topic, Math.max(0, next - random.nextInt(300)));
        }
    }

    private void sendEvent(Records records, String topic, long event) {
        long day = event / EVENTS_OF_A_DAY;
        long id = event % EVENTS_OF_A_DAY;
        records.send(topic, random.nextInt(PARTITIONS), records.framed(topic, event(id, day * DAY + id * SECOND)));
    }

    private static GenericRecord event(@Nullable Long id, long micros) {
        return new GenericRecordBuilder(EVENT)
                .set("event_id", id)
                .set("happened_at", micros)
                .build();
    }

    private static final Schema VISIT = visit().endRecord();
    private static final Schema VISIT_WITH_NOTE = visit().optionalString("note").endRecord();
    private static final long HOUR = 3_600 * SECOND;

    /** By partition, as the table is told of it. */
    private final Map<Integer, Long> newestVisits = new TreeMap<>();

    private final Set<Long> late = new TreeSet<>();
    private long visits;

    private static SchemaBuilder.FieldAssembler<Schema> visit() {
        return SchemaBuilder.record("Visit")
                .fields()
                .requiredLong("visit_id")
                .name("visited_at")
                .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault();
    }

    /** They are those of the model, which reads each partition once, from its beginning. */
    @Test
    void theSameVisitsAreLateWhateverIsKilledAndHoweverManyReadThem() throws Exception {
        String topic = Stack.unique("visits");
        Stack.running().createTopic(topic, PARTITIONS);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("late"),
                List.of(topic),
                """
                tables: [{table: "*", event-time: {column: visited_at, late-after: 2h}}]
                """);
        Shop shop = new Shop(topic, topic, pipeline);
        try (Records records = new Records()) {
            records.framed(topic, visit(VISIT, 0, 0));
            sendVisits(records, topic);
            try (Firn.Started running = shop.start()) {
                shop.awaitEpoch(1, running);
                sendVisits(records, topic);
                shop.awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
                running.kill();
            }
            sendVisits(records, topic);
        }
        assertAreLate(pipeline, topic);

        Firn.Answer replay = Firn.run(
                pipeline.environment(),
                "replay",
                "--code",
                "late",
                pipeline.file().toString());
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(topic), "visit_id"))
                .hasSize((int) visits)
                .doesNotHaveDuplicates();
    }

    private void assertAreLate(Pipeline pipeline, String topic) throws IOException {
        Files.writeString(
                pipeline.file(), Files.readString(pipeline.file()).replace("parallelism: 2", "parallelism: 3"));
        Firn.Answer run = pipeline.run("--resume", "ledger", "--until-caught-up");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Set<Long> written = new TreeSet<>();
        pipeline.rows(pipeline.table(topic), "visit_id")
                .forEach(row -> assertThat(written.add((Long) row.get(0))).isTrue());
        Set<Long> expected = LongStream.range(0, visits).boxed().collect(Collectors.toCollection(TreeSet::new));
        expected.removeAll(late);
        assertThat(late).hasSizeGreaterThan(EVENTS / 10);
        assertThat(written).isEqualTo(expected);
        assertThat(pipeline.rows(pipeline.quarantine(), "code"))
                .hasSize(late.size())
                .containsOnly(List.of("late"));
    }

    /** Half an hour apart, some of them hours behind; now and then one of a clock that is far ahead. */
    private void sendVisits(Records records, String topic) {
        long start = (System.currentTimeMillis() - 60L * 86_400_000) * 1_000;
        for (int record = 0; record < EVENTS; record++) {
            long id = visits++;
            int partition = random.nextInt(PARTITIONS);
            boolean ahead = random.nextInt(40) == 0;
            long time = start + id * HOUR / 2 - (random.nextInt(3) == 0 ? random.nextInt(8) * HOUR : 0);
            time += ahead ? 36_500 * DAY : 0;
            if (time < newestVisits.getOrDefault(partition, time) - 2 * HOUR) {
                late.add(id);
            } else if (!ahead) {
                newestVisits.merge(partition, time, Math::max);
            }
            Schema version = random.nextBoolean() ? VISIT : VISIT_WITH_NOTE;
            records.send(topic, partition, records.framed(topic, visit(version, id, time)));
        }
    }

    private static GenericRecord visit(Schema version, long id, long micros) {
        return new GenericRecordBuilder(version)
                .set("visit_id", id)
                .set("visited_at", micros)
                .build();
    }
}

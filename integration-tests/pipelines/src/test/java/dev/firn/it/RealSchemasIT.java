package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.DuckDb;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.schemas.EdgeValues;
import dev.firn.it.testing.schemas.Produced;
import dev.firn.it.testing.schemas.RealSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Schemas as real systems have them, with records at the edges of all their types, from a foreign serializer through one job
 * to tables that DuckDB and Iceberg's own reader read.
 */
@Tag("heavy")
class RealSchemasIT {

    private static final int RECORDS = 60;
    private static final int PARTITIONS = 2;
    private static final long SEED = 20_261_126;
    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am verify -Pheavy -Dit.test=RealSchemasIT -Dfailsafe.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    /** What a topic got: the columns of each record by its partition and offset. */
    private record Sent(RealSchema real, Map<String, Map<String, @Nullable Object>> rows) {}

    @Test
    void everyValueComesBackAsItWasProduced() throws Exception {
        Map<String, Sent> topics = new TreeMap<>();
        try (Records records = new Records()) {
            for (RealSchema real : RealSchema.all()) {
                String topic = Stack.unique(real.name().replace('-', '_'));
                Stack.running().createTopic(topic, PARTITIONS);
                topics.put(topic, produce(records, topic, real));
            }
        }
        Pipeline pipeline = Pipeline.of(Stack.unique("real"), List.copyOf(topics.keySet()), "");
        withColumnsOfThePlace(pipeline, topics.values().stream().flatMap(sent -> sent.real().jsonFields().stream()));

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err() + answer.out()).isZero();
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "message")).isEmpty();
        for (Map.Entry<String, Sent> topic : topics.entrySet()) {
            WrittenTable table = WrittenTable.of(pipeline, topic.getKey());
            assertSame("DuckDB", DuckDb.rows(table), topic.getValue());
            assertSame("Iceberg", table.rows(UnaryOperator.identity()), topic.getValue());
        }
    }

    @Test
    void whatNoTableCanHoldIsSaidBeforeAnythingRunsWithItsPathAndAWayOut() throws Exception {
        List<String> topics = new ArrayList<>();
        for (RealSchema real : RealSchema.refused()) {
            String topic = "refused-" + real.name();
            Stack.running().createTopic(topic, 1);
            Stack.running().register(topic + "-value", real.schema().toString());
            topics.add(topic);
        }
        Pipeline pipeline = Pipeline.of("refused", topics, "");

        Firn.Answer answer =
                Firn.run(pipeline.environment(), "plan", pipeline.file().toString());

        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        Golden.assertSame(
                "integration-tests/pipelines/src/test/resources/real-schemas/refused.txt",
                answer.err()
                        .replace(pipeline.file().toString(), "pipeline.yaml")
                        .replace(Stack.running().registryUrl(), "REGISTRY"),
                REWRITE);
    }

    private static Sent produce(Records records, String topic, RealSchema real) {
        Map<String, Map<String, @Nullable Object>> rows = new HashMap<>();
        List<GenericRecord> values = EdgeValues.records(real.schema(), SEED, RECORDS);
        for (int number = 0; number < RECORDS; number++) {
            int partition = number % PARTITIONS;
            records.send(topic, partition, records.framed(topic, values.get(number)));
            rows.put(partition + "/" + number / PARTITIONS, Produced.row(real, values.get(number)));
        }
        return new Sent(real, rows);
    }

    /** Field by field, so that a difference is found in records of a hundred of them. */
    private static void assertSame(String reader, List<Map<String, @Nullable Object>> read, Sent sent) {
        String table = reader + " of " + sent.real().name();
        assertThat(read).as(table).hasSize(RECORDS);
        Map<String, Map<String, @Nullable Object>> rows = new HashMap<>();
        for (Map<String, @Nullable Object> row : read) {
            Map<String, @Nullable Object> columns = new TreeMap<>(row);
            String place = columns.remove("_kafka_partition") + "/" + columns.remove("_kafka_offset");
            rows.put(place, columns);
        }
        assertThat(rows.keySet()).as(table).isEqualTo(sent.rows().keySet());
        sent.rows().forEach((place, expected) -> {
            Map<String, @Nullable Object> columns = rows.getOrDefault(place, Map.of());
            assertThat(columns.keySet()).as(table).isEqualTo(expected.keySet());
            expected.forEach((column, value) -> assertThat(columns.get(column))
                    .as(table + ": " + column + " at " + place)
                    .isEqualTo(value));
        });
    }

    private static void withColumnsOfThePlace(Pipeline pipeline, Stream<String> jsonFields) throws IOException {
        String fields = jsonFields.collect(Collectors.joining("\", \"", "\"", "\""));
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace(
                                "  format: {type: avro,",
                                "  metadata: {partition: _kafka_partition, offset: _kafka_offset}\n"
                                        + "  format: {type: avro, nanoseconds: truncate, json-fields: [" + fields
                                        + "],"));
    }
}

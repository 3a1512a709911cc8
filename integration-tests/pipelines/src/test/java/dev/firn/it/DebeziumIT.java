package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.changes.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table that a database's changes make is the database's own, through a kill and a new column; another one has all that ever was. */
class DebeziumIT {

    private static final int PARTITIONS = 3;

    @Test
    void theTableIsTheSourcesOwnAfterAKill() throws Exception {
        String topic = Stack.unique("customers");
        Stack.running().createTopic(topic, PARTITIONS);
        Pipeline pipeline = pipeline(topic);
        Shop shop = new Shop(topic, topic, pipeline);
        SourceTable source;
        try (Records records = new Records()) {
            source = new SourceTable(records, topic, PARTITIONS);
            source.snapshot(300);
            source.change(500);
            assertThat(preview(pipeline).out()).containsPattern("[0-9]+ deletes");
            try (Firn.Started running = shop.start()) {
                shop.awaitEpoch(1, running);
                source.addColumn();
                source.change(1_000);
                shop.awaitEpoch(pipeline.ledger().lastEpoch() + 1, running);
                running.kill();
            }
            source.change(1_000);
            source.truncate();
            source.deleteNobody();
        }

        Firn.Answer resumed = pipeline.run("--until-caught-up");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(rows(pipeline, topic)).isEqualTo(source.rows());
        assertThat(pipeline.rows(pipeline.table("history"), "id"))
                .as("every row that ever was")
                .hasSize(source.changesOfRows());
        assertThat(pipeline.rows(pipeline.quarantine(), "code").stream()
                        .filter(row -> "value-not-sent".equals(row.get(0))))
                .as("one for each table")
                .hasSize(2 * source.withoutValue());
        assertThat(pipeline.rows(pipeline.quarantine(), "code"))
                .hasSize(2 * source.withoutValue() + 3)
                .contains(List.of("table-truncated"), List.of("rule-broken"));
        assertBalances(pipeline);
        assertNothingIsPutBack(pipeline);
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file()).replace("write: upsert,", "write: upsert, deletes: ignore,"));
        assertNothingIsPutBack(pipeline);
    }

    private static Pipeline pipeline(String topic) throws IOException {
        String name = Stack.unique("changes");
        Pipeline pipeline = Pipeline.of(
                name,
                List.of(topic),
                """
                route:
                  - {from: TOPIC, to: [NAME.TOPIC, NAME.history]}
                tables:
                  - {table: NAME.TOPIC, write: upsert, key: id, partition-by: country}
                  - {table: NAME.history, deletes: ignore}
                """
                        .replace("TOPIC", topic)
                        .replace("NAME", name));
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file()).replace("format: {type: avro,", "format: {type: debezium-avro,"));
        return pipeline.withSource("key: {type: avro, columns: none}");
    }

    private static Firn.Answer preview(Pipeline pipeline) {
        return Firn.run(
                pipeline.environment(),
                "preview",
                "--from",
                "earliest",
                "--records",
                "800",
                pipeline.file().toString());
    }

    private static SortedMap<Integer, String> rows(Pipeline pipeline, String topic) {
        SortedMap<Integer, String> rows = new TreeMap<>();
        pipeline.rows(pipeline.table(topic), "id", "name", "country", "born_on", "seen_at", "credit", "body", "city")
                .forEach(row -> rows.merge(
                        (Integer) row.get(0),
                        row.subList(1, row.size()).toString(),
                        (one, other) -> one + " and " + other));
        return rows;
    }

    private static void assertBalances(Pipeline pipeline) {
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).contains("superseded", "deleted");
    }

    private static void assertNothingIsPutBack(Pipeline pipeline) {
        Firn.Answer replay =
                Firn.run(pipeline.environment(), "replay", pipeline.file().toString());
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isEqualTo(1);
        assertThat(replay.out())
                .contains("value-not-sent", "table-truncated", "unrouted")
                .containsPattern("it deletes a row, and nothing is\\s+deleted after the fact");
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import dev.firn.it.testing.schemas.ShortAvro;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A table waits for somebody's decision about a schema, alone, and then goes on with everything that has waited. */
class PausedTableIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void waitsWithAllItsRecordsUntilSomebodyDecidesAndTheJobGoesOn() throws Exception {
        String paused = Stack.unique("paused");
        String other = Stack.unique("other");
        Stack.running().createTopic(paused, 1);
        Stack.running().createTopic(other, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("pause"),
                List.of(paused, other),
                "tables:\n  - {table: \"*\", schema-evolution: {widen-type: pause-table}}\n");
        String table = pipeline.table(paused).full();
        try (Records records = new Records()) {
            send(records, paused, "id int", "{'id': 1}");
            send(records, other, "id int, kind string", "{'id': 1, 'kind': 'a'}");
            try (Firn.Started run =
                    Firn.start(pipeline.environment(), "run", pipeline.file().toString())) {
                await(
                        run,
                        () -> ids(pipeline, paused).size() == 1
                                && ids(pipeline, other).size() == 1);
                send(records, paused, "id long", "{'id': 2}");
                await(run, () -> waiting(pipeline) == 1);
                send(records, paused, "id int", "{'id': 3}");
                send(records, other, "id int, kind string", "{'id': 2, 'kind': 'b'}");
                await(run, () -> waiting(pipeline) == 2 && ids(pipeline, other).size() == 2);

                Firn.Answer undecided = resume(pipeline, table);
                assertThat(undecided.exitCode()).as(undecided.err()).isEqualTo(4);
                assertThat(undecided.err()).contains("the file still says so", "--decide apply", "widen-type");
                Firn.Answer refused = Firn.run(
                        pipeline.environment(),
                        "replay",
                        "--table",
                        table,
                        pipeline.file().toString());
                assertThat(refused.exitCode()).as(refused.out()).isEqualTo(1);
                assertThat(refused.out()).contains("0 records put back in 0 epochs, 2 refused again");

                long last = resumeWhileRecordsCome(pipeline, records, paused);
                await(run, () -> ids(pipeline, paused).size() == last);
                run.interrupt();
                assertThat(run.answer().exitCode()).as(run.said()).isEqualTo(130);
            }
        }

        inTheOrderOfTheirPositions(pipeline, paused);
        Firn.Answer history = Firn.run(
                pipeline.environment(), "schema", "history", pipeline.file().toString(), table);
        assertThat(history.out())
                .containsPattern("widen-type +id +int -> long +pause-table +widen-type: pause-table")
                .containsPattern("widen-type +id +int -> long +apply +firn table resume");
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    }

    /** Answers the last id that was sent. */
    private static long resumeWhileRecordsCome(Pipeline pipeline, Records records, String topic) throws Exception {
        String table = pipeline.table(topic).full();
        CompletableFuture<Firn.Answer> resumed =
                CompletableFuture.supplyAsync(() -> resume(pipeline, table, "--decide", "apply"));
        long id = 3;
        while (true) {
            id++;
            send(records, topic, id % 3 == 0 ? "id int" : "id long", "{'id': " + id + "}");
            try {
                Firn.Answer answer = resumed.get(50, TimeUnit.MILLISECONDS);
                assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
                assertThat(answer.out()).contains(" records put back in ").contains(", 0 refused again");
                return id;
            } catch (TimeoutException stillAtIt) {
                assertThat(id).as("records while the table goes on").isLessThan(2_000);
            }
        }
    }

    /** No snapshot of the table has a newer record and lacks an older one. */
    private static void inTheOrderOfTheirPositions(Pipeline pipeline, String topic) {
        Table table = WrittenTable.of(pipeline, topic).table();
        long before = 0;
        for (Snapshot snapshot : table.snapshots()) {
            List<Long> ids = new ArrayList<>();
            for (Record row : IcebergGenerics.read(table)
                    .useSnapshot(snapshot.snapshotId())
                    .build()) {
                ids.add(((Number) row.getField("id")).longValue());
            }
            assertThat(ids.stream().sorted().toList())
                    .as("ids in snapshot " + snapshot)
                    .isEqualTo(LongStream.rangeClosed(1, ids.size()).boxed().toList());
            assertThat((long) ids.size()).isGreaterThanOrEqualTo(before);
            before = ids.size();
        }
    }

    private static Firn.Answer resume(Pipeline pipeline, String table, String... options) {
        List<String> arguments = new ArrayList<>(List.of("table", "resume"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(pipeline.file().toString(), table));
        return Firn.runAlone(pipeline.environment(), arguments.toArray(String[]::new));
    }

    private static List<String> ids(Pipeline pipeline, String topic) {
        return pipeline.rows(pipeline.table(topic), "id").stream()
                .map(row -> String.valueOf(row.get(0)))
                .sorted()
                .toList();
    }

    private static int waiting(Pipeline pipeline) {
        return (int) pipeline.rows(pipeline.quarantine(), "code").stream()
                .filter(row -> "table-paused".equals(row.get(0)))
                .count();
    }

    private static void await(Firn.Started run, Callable<Boolean> done) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !run.process().isAlive() || done.call());
        assertThat(run.process().isAlive()).as(run.said()).isTrue();
    }

    private static void send(Records records, String topic, String schema, String json) {
        records.send(
                topic, 0, records.framed(topic, ShortAvro.record(ShortAvro.schema(schema), json.replace('\'', '"'))));
    }
}

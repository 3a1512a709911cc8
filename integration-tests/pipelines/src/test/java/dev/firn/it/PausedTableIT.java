package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.schemas.ShortAvro;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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

                Firn.Answer decided = resume(pipeline, table, "--decide", "apply");
                assertThat(decided.exitCode()).as(decided.out() + decided.err()).isZero();
                assertThat(decided.out()).contains("2 records put back in 1 epoch, 0 refused again");
                assertThat(ids(pipeline, paused)).containsExactly("1", "2", "3");
                send(records, paused, "id long", "{'id': 4}");
                send(records, paused, "id int", "{'id': 5}");
                await(run, () -> ids(pipeline, paused).size() + waiting(pipeline) - 2 == 5);
                run.interrupt();
                assertThat(run.answer().exitCode()).as(run.said()).isEqualTo(130);
            }
        }

        // What the job has read before it saw that the table goes on waits; the same command puts it back.
        Firn.Answer again = resume(pipeline, table);
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(ids(pipeline, paused)).containsExactly("1", "2", "3", "4", "5");
        Firn.Answer history = Firn.run(
                pipeline.environment(), "schema", "history", pipeline.file().toString(), table);
        assertThat(history.out())
                .containsPattern("widen-type +id +int -> long +pause-table +widen-type: pause-table")
                .containsPattern("widen-type +id +int -> long +apply +firn table resume");
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    }

    private static Firn.Answer resume(Pipeline pipeline, String table, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("table", "resume"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(pipeline.file().toString(), table));
        return Firn.run(pipeline.environment(), arguments.toArray(String[]::new));
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

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.schemas.ShortAvro;
import dev.firn.spi.sink.Lake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a job decides about schemas can be asked for by SQL and by the verb; refusals too, of which their table says nothing. And a table
 * that was taken back keeps to what it was taken back to.
 */
class SchemaRecordsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void everyDecisionIsThereOnceWithTheRecordThatBroughtIt() throws Exception {
        String topic = Stack.unique("decided");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("records"),
                List.of(topic),
                "tables:\n  - {table: \"*\", schema-evolution: {preset: lenient, widen-type: apply}}\n");
        try (Records records = new Records()) {
            send(records, topic, "id int", "{'id': 0}");
            try (Firn.Started run =
                    Firn.start(pipeline.environment(), "run", pipeline.file().toString())) {
                await(run, () -> pipeline.rows(pipeline.table(topic), "id").size() == 1);
                send(records, topic, "id long, note string", "{'id': 1, 'note': 'x'}");
                send(records, topic, "id string", "{'id': 'two'}");
                await(run, () -> changes(pipeline).size() == 3);
                run.interrupt();
                assertThat(run.answer().exitCode()).as(run.said()).isEqualTo(130);
            }
        }

        assertThat(changes(pipeline))
                .containsExactlyInAnyOrder(
                        "widen-type id int long apply widen-type: apply 1 2 0 1",
                        "add-column note null string apply preset lenient 1 2 0 1",
                        "incompatible id null it is string now, and the column is long quarantine preset lenient 2 3 0 2");
        Firn.Answer history = Firn.run(
                pipeline.environment(),
                "schema",
                "history",
                pipeline.file().toString(),
                pipeline.table(topic).full());
        assertThat(history.exitCode()).as(history.err()).isZero();
        assertThat(history.out().lines().map(String::strip).filter(line -> !line.contains(" @ ")))
                .contains(
                        "widen-type    id    int -> long                                  apply       widen-type: apply",
                        "add-column    note  -> string                                    apply       preset lenient",
                        "incompatible  id    -> it is string now, and the column is long  quarantine  preset lenient");
        assertThat(history.out().lines().filter(line -> line.contains(" @ "))).hasSize(2);
        goesBackAndOnAgain(pipeline, topic);
    }

    /** To version 1, of which and of versions 2 and 3 there were records; version 4 is registered then. */
    private static void goesBackAndOnAgain(Pipeline pipeline, String topic) {
        assertThat(rollback(pipeline, topic, "--to", "1"))
                .contains("    note  string  since version 2\n")
                .endsWith(": 1 column went, 0 have their names back, 2 versions are held back\n");
        try (Records records = new Records()) {
            send(records, topic, "id int", "{'id': 10}");
            send(records, topic, "id long, note string", "{'id': 11, 'note': 'y'}");
            send(records, topic, "id int, more string", "{'id': 12, 'more': 'm'}");
            runs(pipeline);
            assertThat(pipeline.rows(pipeline.table(topic), "id", "more"))
                    .containsExactlyInAnyOrder(row(0L, null), row(1L, null), row(10L, null), row(12L, "m"));
            assertThat(pipeline.rows(pipeline.quarantine(), "code", "message"))
                    .filteredOn(row -> String.valueOf(row.get(1)).contains("was taken back from version 2 of"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get(0)).isEqualTo("schema-change-refused"));
            assertThat(changes(pipeline))
                    .contains(
                            "rollback  version 3 version 1 apply firn schema rollback 3 1 null null",
                            "drop-column note string null apply firn schema rollback 3 1 null null");

            // As `--undo` does it, without another process.
            try (Lake lake = pipeline.lake()) {
                lake.undoRollback(
                        pipeline.table(topic),
                        lake.heldBack(pipeline.table(topic)),
                        lake.ledger().claimRun());
            }
            send(records, topic, "id long, note string", "{'id': 13, 'note': 'z'}");
            runs(pipeline);
        }
        assertThat(pipeline.rows(pipeline.table(topic), "id", "more", "note"))
                .containsExactlyInAnyOrder(
                        row(0L, null, null),
                        row(1L, null, null),
                        row(10L, null, null),
                        row(12L, "m", null),
                        row(13L, null, "z"));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static String rollback(Pipeline pipeline, String topic, String... what) {
        List<String> arguments = new ArrayList<>(List.of("schema", "rollback", "--yes"));
        arguments.addAll(List.of(what));
        arguments.addAll(
                List.of(pipeline.file().toString(), pipeline.table(topic).full()));
        Firn.Answer answer = Firn.run(pipeline.environment(), arguments.toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer.out();
    }

    private static void runs(Pipeline pipeline) {
        Firn.Answer answer = pipeline.run("--until-caught-up");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
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

    private static List<String> changes(Pipeline pipeline) {
        return pipeline
                .rows(
                        pipeline.table("firn_schema_changes"),
                        "kind",
                        "path",
                        "before",
                        "after",
                        "decision",
                        "why",
                        "from_version",
                        "to_version",
                        "partition",
                        "position")
                .stream()
                .map(row -> row.stream().map(Objects::toString).collect(Collectors.joining(" ")))
                .toList();
    }
}

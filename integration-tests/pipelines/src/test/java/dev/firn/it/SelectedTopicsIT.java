package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Topics that a file selects, of which one comes while the job runs. */
class SelectedTopicsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Schema CLICK = SchemaBuilder.record("Click")
            .fields()
            .requiredLong("id")
            .requiredString("shard")
            .endRecord();

    private final String prefix = Stack.unique("shard");

    private String topic(String ending) {
        return prefix + "_" + ending;
    }

    private void make(String ending) {
        Stack.running().createTopic(topic(ending), 1);
        Stack.running().register(topic(ending) + "-value", CLICK.toString());
    }

    private void click(Records records, String ending, long id) {
        records.send(
                topic(ending),
                new GenericRecordBuilder(CLICK)
                        .set("id", id)
                        .set("shard", ending)
                        .build());
    }

    /** With {@code startup: latest}, which must not leave out what the new one had before the next start. */
    @Test
    void aTopicThatComesLaterIsReadFromItsBeginningByTheNextStart() throws Exception {
        Pipeline pipeline = Pipeline.of(
                Stack.unique("selected"),
                List.of("'/" + prefix + "_\\d+/'"),
                "route: [{from: '/" + prefix + "_\\d+/', to: NAME.clicks}]\n");
        pipeline.withSource("exclude: [" + topic("7") + "]").withSource("startup: latest");
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace("NAME", pipeline.name())
                        .replace("${env:KAFKA}\"}", "${env:KAFKA}\", partition.discovery.interval.ms: \"200\"}"));
        try (Records records = new Records()) {
            Stack.running().createTopic(topic("4"), 1);
            for (String ending : List.of("1", "2", "7", "x")) {
                make(ending);
                click(records, ending, 0);
            }
            Firn.Answer none =
                    Firn.run(pipeline.environment(), "plan", other(pipeline).toString());
            assertThat(none.exitCode()).isEqualTo(2);
            assertThat(none.out() + none.err())
                    .contains("error[topic-not-found]", "have no topic that `/" + prefix + "_y\\d+/` selects");

            try (Firn.Started running =
                    Firn.start(pipeline.environment(), "run", pipeline.file().toString())) {
                awaitEpochs(pipeline, running);
                assertThat(running.said())
                        .contains("warning[subject-not-found]: topic `" + topic("4")
                                + "` is not read: it has no schema in the registry yet; the next start looks again");
                click(records, "1", 1);
                click(records, "2", 2);
                awaitRows(pipeline, 2, running);
                make("30");
                click(records, "30", 3);
                Awaitility.await("the new topic to be told of").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                running.said())
                        .contains("kafka/" + topic("30")
                                + " is not in the plan of this run; the next start looks at it"));
                running.interrupt();
                assertThat(running.answer().exitCode()).isEqualTo(130);
            }
            click(records, "30", 4);
            click(records, "2", 5);
        }

        Firn.Answer next = pipeline.run("--until-caught-up");

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(pipeline.rows(pipeline.table("clicks"), "id", "shard"))
                .containsExactlyInAnyOrder(
                        List.of(1L, "1"), List.of(2L, "2"), List.of(3L, "30"), List.of(4L, "30"), List.of(5L, "2"));
    }

    private Path other(Pipeline pipeline) throws Exception {
        return Files.writeString(
                pipeline.file().resolveSibling("other.yaml"),
                Files.readString(pipeline.file()).replace(prefix + "_\\d+", prefix + "_y\\d+"));
    }

    private static void awaitEpochs(Pipeline pipeline, Firn.Started running) {
        Awaitility.await("both topics to have positions").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(running.process().isAlive()).as(running.said()).isTrue();
            assertThat(pipeline.ledger().positions()).hasSize(2);
        });
    }

    private static void awaitRows(Pipeline pipeline, int rows, Firn.Started running) {
        Awaitility.await(rows + " rows").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(running.process().isAlive()).as(running.said()).isTrue();
            assertThat(pipeline.rows(pipeline.table("clicks"), "id")).hasSize(rows);
        });
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.replay.PipelineTables;
import dev.firn.flink.replay.Replay;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.StumblingLake;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.RowKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Whatever becomes of those who put records back, each record is in its table once in the end. */
class ReplayIT {

    private static final int RECORDS = 1_000;
    private static final int OF_AN_EPOCH = 150;

    private static final Schema FIRST =
            SchemaBuilder.record("Payment").fields().requiredLong("id").endRecord();
    private static final Schema SECOND = SchemaBuilder.record("Payment")
            .fields()
            .requiredLong("id")
            .optionalString("coupon")
            .endRecord();

    @Test
    void eachRecordIsPutBackOnceWhereverWhoeverDoesItIsInterrupted() throws Exception {
        String topic = Stack.unique("payments");
        Stack.running().createTopic(topic, 2);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("back"),
                List.of(topic),
                "tables: {table: '*', schema-evolution: {add-column: quarantine}}\n");
        try (Records records = new Records()) {
            records.send(
                    topic,
                    0,
                    records.framed(
                            topic, new GenericRecordBuilder(FIRST).set("id", 0L).build()));
        }
        assertThat(pipeline.run("--until-caught-up").exitCode()).isZero();
        try (Records records = new Records()) {
            for (long id = 1; id <= RECORDS; id++) {
                byte[] record = records.framed(
                        topic,
                        new GenericRecordBuilder(SECOND)
                                .set("id", id)
                                .set("coupon", "c" + id)
                                .build());
                records.send(topic, (int) (id % 2), record);
            }
        }
        assertThat(pipeline.run("--until-caught-up").exitCode()).isZero();
        assertThat(pipeline.rows(pipeline.quarantine(), "position")).hasSize(RECORDS);
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file()).replace("add-column: quarantine", "add-column: apply"));
        TableName table = pipeline.table(topic);

        for (StumblingLake.Step step : List.of(
                StumblingLake.before("append"),
                StumblingLake.behind("append"),
                StumblingLake.before("commit " + table),
                StumblingLake.behind("commit " + table),
                StumblingLake.before("commit " + pipeline.table("firn_replayed")))) {
            assertThatThrownBy(() -> replay(pipeline, step)).hasMessageContaining("stumbled");
        }
        Replayed last = replay(pipeline, StumblingLake.NOWHERE);

        // Four of the five had written an epoch ahead.
        assertThat(last.putBack()).isEqualTo(RECORDS - 4 * OF_AN_EPOCH);
        assertThat(last.refused()).isZero();
        List<String> expected = new ArrayList<>();
        expected.add("0 null");
        LongStream.rangeClosed(1, RECORDS).forEach(id -> expected.add(id + " c" + id));
        assertThat(pipeline.rows(table, "id", "coupon").stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pipeline.rows(pipeline.table("firn_replayed"), "partition", "position"))
                .hasSize(RECORDS)
                .doesNotHaveDuplicates();
    }

    private static Replayed replay(Pipeline pipeline, StumblingLake.Step step) throws Exception {
        Connectors connectors = Connectors.load(ReplayIT.class.getClassLoader());
        PipelineDefinition definition =
                PipelineReader.read(pipeline.file(), connectors).value().orElseThrow();
        SystemReferences references = new SystemReferences(pipeline.environment(), Path.of(""));
        PipelinePlan plan;
        try (LivePlanContext context = LivePlanContext.open(definition, connectors, references, new Diagnostics())) {
            plan = Planner.plan(definition, connectors, context).value().orElseThrow();
        }
        try (Lake lake = connectors
                        .sink(plan.sink().type())
                        .lake(plan.sink().options(), plan.sink().names())
                        .open(references);
                Replay replay = Replay.open(
                        plan,
                        StumblingLake.of(lake.replay(), step),
                        new PipelineTables(lake, detached -> false, RowKeys.NONE),
                        PlannedPolicies.in(plan),
                        new Replay.EpochSize(OF_AN_EPOCH, Long.MAX_VALUE),
                        references,
                        ReplayIT.class.getClassLoader())) {
            return replay.run(QuarantineSelection.all(Payload.READ), seen -> {});
        }
    }
}

package dev.firn.plan.sanity;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.OperatorUid;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.PlanNode;
import dev.firn.plan.RoutePlan;
import dev.firn.plan.SinkPlan;
import dev.firn.plan.SourcePlan;
import dev.firn.plan.TablePlan;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each plan is right but for one thing, which no file can bring about. */
class SanityTest {

    private static final PipelinePlan RIGHT = Plans.plan("pipeline: {name: shop, parallelism: 2}");

    @Test
    void letsAPlanPassThatIsRight() {
        assertThatNoException().isThrownBy(() -> Sanity.check(RIGHT));
        assertThatNoException().isThrownBy(() -> Sanity.check(RIGHT, json(RIGHT, text -> text)));
    }

    @Test
    void refusesAUidThatIsThereTwice() {
        PlanNode committer = new PlanNode.CommitEpochs(OperatorUid.of("shop", "tables"), "commit epochs");
        refuses(
                nodes(RIGHT.nodes().stream()
                        .map(node -> node instanceof PlanNode.CommitEpochs ? committer : node)
                        .toList()),
                "operator `commit epochs` has the uid `shop/tables`, which another has or which is not of `shop`");
    }

    @Test
    void refusesAUidOfAnotherPipeline() {
        PlanNode committer = new PlanNode.CommitEpochs(OperatorUid.of("web", "epochs"), "commit epochs");
        refuses(
                nodes(RIGHT.nodes().stream()
                        .map(node -> node instanceof PlanNode.CommitEpochs ? committer : node)
                        .toList()),
                "operator `commit epochs` has the uid `web/epochs`, which another has or which is not of `shop`");
    }

    @Test
    void refusesASourceThatNobodyCounts() {
        refuses(without(PlanNode.TapLedger.class), "its sources are [kafka], and [] are counted");
        refuses(without(PlanNode.ReadSource.class), "its sources are [kafka], and [] are read");
    }

    @Test
    void refusesAJobWithoutAnOperatorThatItNeeds() {
        refuses(without(PlanNode.WriteTables.class), "it has 0 operators `WriteTables` and should have 1");
        refuses(without(PlanNode.WriteGathered.class), "it has 0 operators `WriteGathered` and should have 1");
        refuses(without(PlanNode.CommitEpochs.class), "it has 0 operators `CommitEpochs` and should have 1");
    }

    @Test
    void refusesARouteToATableThatIsNotPlanned() {
        refuses(
                plan(RIGHT.sources(), RIGHT.routes(), RIGHT.tables().subList(0, 1), RIGHT.nodes(), RIGHT.sink()),
                "only a route says kafka/refunds to shop.refunds");
    }

    @Test
    void refusesAStreamThatNobodyReads() {
        List<RoutePlan> routes = Stream.concat(
                        RIGHT.routes().stream(),
                        Stream.of(new RoutePlan("kafka", "returns", new TableName("shop.returns"))))
                .toList();
        refuses(
                plan(RIGHT.sources(), routes, RIGHT.tables(), RIGHT.nodes(), RIGHT.sink()),
                "only a route says kafka/returns to shop.returns; `kafka/returns` is routed and not read");
    }

    @Test
    void refusesMoreSubtasksThanThereMayBe() {
        PlanNode many = new PlanNode.WriteTables(OperatorUid.of("shop", "tables"), "write tables", 200);
        refuses(
                nodes(RIGHT.nodes().stream()
                        .map(node -> node instanceof PlanNode.WriteTables ? many : node)
                        .toList()),
                "operator `write tables` has 200 subtasks, and may have 2");
    }

    @Test
    void refusesToWriteRowsIntoTheLedger() {
        SinkPlan sink = new SinkPlan(
                "iceberg",
                RIGHT.sink().options(),
                new LakeNames("shop", new TableName("shop.orders"), new TableName("shop.firn_quarantine")));
        refuses(
                plan(RIGHT.sources(), RIGHT.routes(), RIGHT.tables(), RIGHT.nodes(), sink),
                "table `shop.orders` is there twice");
    }

    @Test
    void refusesToShowASecret() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Sanity.check(RIGHT, json(RIGHT, text -> text.replace("\"manage\"", "\"m\"")
                        .replace("\"warehouse\"", "\"password\""))))
                .withMessage("our bug: the plan is wrong: `sink.options.catalog.password` shows a secret");
    }

    @Test
    void refusesJsonThatSaysSomethingElse() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Sanity.check(RIGHT, json(RIGHT, text -> text.replace("\"refunds\"", "\"returns\""))))
                .withMessage("our bug: the plan is wrong: the sources [kafka[orders, refunds]] is read back as"
                        + " [kafka[orders, returns]]");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Sanity.check(RIGHT, json(RIGHT, text -> text.replace("\"routes\"", "\"ways\""))))
                .withMessageStartingWith("our bug: the plan is wrong: its JSON is JSON, but no plan: ");
    }

    private static void refuses(PipelinePlan plan, String fault) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Sanity.check(plan))
                .withMessage("our bug: the plan is wrong: " + fault);
    }

    private static ObjectNode json(PipelinePlan plan, UnaryOperator<String> edit) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(edit.apply(PlanJson.write(plan)));
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static PipelinePlan without(Class<? extends PlanNode> kind) {
        return nodes(
                RIGHT.nodes().stream().filter(node -> !kind.isInstance(node)).toList());
    }

    private static PipelinePlan nodes(List<PlanNode> nodes) {
        return plan(RIGHT.sources(), RIGHT.routes(), RIGHT.tables(), nodes, RIGHT.sink());
    }

    private static PipelinePlan plan(
            List<SourcePlan> sources,
            List<RoutePlan> routes,
            List<TablePlan> tables,
            List<PlanNode> nodes,
            SinkPlan sink) {
        return new PipelinePlan(
                RIGHT.pipeline(),
                RIGHT.parallelism(),
                RIGHT.maxParallelism(),
                RIGHT.checkpointInterval(),
                RIGHT.flink(),
                sources,
                routes,
                tables,
                RIGHT.tablesByValue(),
                sink,
                nodes);
    }
}

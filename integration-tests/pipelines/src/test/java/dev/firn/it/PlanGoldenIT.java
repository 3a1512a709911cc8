package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.devstack.orders.OrdersLoad;
import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Stack;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's plan, made against a real broker, registry and catalog. */
class PlanGoldenIT {

    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am verify -Dit.test=PlanGoldenIT -Dfailsafe.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    @TempDir
    Path lake;

    @Test
    void thePlanAndTheUidsOfTheExampleAreWhatTheyWere() throws Exception {
        Stack.running().declareOrders(OrdersLoad.quickstart());

        PipelinePlan plan = plan();

        assertThat(PlanJson.write(plan())).as("planned twice").isEqualTo(PlanJson.write(plan));
        Golden.assertSame("examples/orders/plan.json", PlanJson.write(plan), REWRITE);
        Golden.assertSame("examples/orders/uids.txt", plan.uids(), REWRITE);
    }

    private PipelinePlan plan() {
        Connectors connectors = Connectors.load(getClass().getClassLoader());
        SystemReferences references = new SystemReferences(
                Map.of(
                        "KAFKA", Stack.running().bootstrapServers(),
                        "REGISTRY", Stack.running().registryUrl(),
                        "LAKE", lake.toUri().toString()),
                Path.of(""));
        PipelineDefinition definition = PipelineReader.read(Golden.file("examples/orders/pipeline.yaml"), connectors)
                .value()
                .orElseThrow();
        Diagnostics opening = new Diagnostics();
        try (LivePlanContext context = LivePlanContext.open(definition, connectors, references, opening)) {
            Checked<PipelinePlan> plan = Planner.plan(definition, connectors, context);
            assertThat(plan.diagnostics()).isEmpty();
            assertThat(opening.inOrder()).isEmpty();
            return plan.value().orElseThrow();
        }
    }
}

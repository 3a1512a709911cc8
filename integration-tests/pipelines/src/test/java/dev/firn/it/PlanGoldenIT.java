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
import dev.firn.plan.PlanDot;
import dev.firn.plan.PlanJson;
import dev.firn.plan.PlanText;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import java.io.IOException;
import java.nio.file.Files;
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
        Golden.assertSame("examples/orders/plan.dot", PlanDot.write(plan), REWRITE);
        Golden.assertSame("examples/orders/uids.txt", plan.uids(), REWRITE);
        Golden.assertSame("docs/reference/side-by-side.md", sideBySide(plan), REWRITE);
    }

    private static String sideBySide(PipelinePlan plan) throws IOException {
        return """
                # A file and its plan, side by side

                What `firn plan --verbose` says of [the example](../../examples/orders/pipeline.yaml), where none of its tables is there yet; made
                and compared by the build. Each word of the file is in [the reference](pipeline-file.md). What the file leaves out has a default, and
                the plan shows it.

                <table>
                <tr><th>the file</th><th>its plan</th></tr>
                <tr valign="top"><td>

                ```yaml
                %s```

                </td><td>

                ```
                %s```

                </td></tr>
                </table>
                """
                .formatted(
                        Files.readString(Golden.file("examples/orders/pipeline.yaml")),
                        PlanText.write(plan, PlanText.Detail.VERBOSE));
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

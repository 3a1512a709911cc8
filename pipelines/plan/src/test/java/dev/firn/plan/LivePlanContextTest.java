package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.testing.Plans;
import org.junit.jupiter.api.Test;

class LivePlanContextTest {

    @Test
    void keepsTheLakeForWhoeverActsNext() {
        Diagnostics diagnostics = new Diagnostics();
        try (LivePlanContext context =
                LivePlanContext.open(Plans.definition(""), Plans.CONNECTORS, Plans.REFERENCES, diagnostics)) {
            assertThat(context.lake()).isPresent();
            assertThat(diagnostics.inOrder()).isEmpty();
        }
    }

    @Test
    void doesNotOpenACatalogThatIsKnownToBeWrong() {
        Diagnostics diagnostics = new Diagnostics();
        try (LivePlanContext context = LivePlanContext.open(
                Plans.definition("sink: {type: iceberg, catalog: {uri: 'http://nobody'}}"),
                Plans.CONNECTORS,
                Plans.REFERENCES,
                diagnostics)) {
            assertThat(context.lake()).isEmpty();
            assertThat(diagnostics.inOrder()).isEmpty();
        }
    }

    @Test
    void plansWithTheFileAloneWhereAReferenceLeadsNowhere() {
        Checked<PipelinePlan> plan = Plans.checked(
                "source: {type: kafka, topics: [orders], properties: {a: '${env:NONE}'}, format: {registry: {url: u}}}");
        assertThat(Plans.codes(plan)).containsExactly("unresolved-reference");
        assertThat(plan.value().orElseThrow().tables()).singleElement().satisfies(table -> assertThat(table.schema())
                .isEmpty());
    }

    @Test
    void countsTablesAsNotAskedForWithoutACatalog() {
        Checked<PipelinePlan> plan =
                Plans.checked("sink: {type: iceberg, catalog: {type: rest, uri: 'http://nobody'}}");
        assertThat(Plans.codes(plan)).containsExactly("catalog-unreachable");
        assertThat(plan.value().orElseThrow().tables())
                .extracting(TablePlan::action)
                .containsOnly(TableAction.UNKNOWN);
    }
}

package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.FakeKafka;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.health.Health;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuarantineTopicsTest {

    private static final String FILE =
            """
            pipeline: {name: shop}
            source: {type: kafka, topics: [orders], properties: {bootstrap.servers: "k:1"}, format: {registry: {url: "r"}}}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: "/lake"}}
            quarantine: {topic: "TOPIC"}
            """;

    @Test
    void isOnTheBrokersOfTheSource() {
        PipelineDefinition definition = Plans.definition(file("shop-dlq"));

        Checked<PipelinePlan> plan = Plans.checked(definition);

        PipelinePlan planned = plan.value().orElseThrow();
        assertThat(planned.sink().topic()).contains(new TopicPlan("shop-dlq", "kafka"));
        assertThat(QuarantineTopics.of(planned, Plans.CONNECTORS))
                .isEqualTo(QuarantineTopics.of(definition, Plans.CONNECTORS))
                .containsInstanceOf(FakeKafka.Topic.class);
        assertThat(PlanText.write(planned, PlanText.Detail.SHORT))
                .containsPattern("and topic +shop-dlq, on the brokers of `kafka`");
        assertThat(PlanJson.write(planned))
                .contains("\"quarantine-topic\"", "\"name\" : \"shop-dlq\"", "\"brokers-of\" : \"kafka\"");
    }

    @Test
    void hasNothingOfATopicThatIsNotThere() {
        String without = FILE.replace("quarantine: {topic: \"TOPIC\"}\n", "");

        PipelinePlan plan = Plans.checked(Plans.definition(without)).value().orElseThrow();

        assertThat(plan.sink().topic()).isEmpty();
        assertThat(PlanJson.write(plan)).doesNotContain("topic\"");
    }

    @Test
    void refusesANameThatNoTopicHas() {
        PipelineDefinition definition = Plans.definition(file("shop dlq"));

        assertThat(Plans.checked(definition).diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("`shop dlq` is not the name of a topic");
        assertThat(QuarantineTopics.of(definition, Plans.CONNECTORS)).isEmpty();
    }

    @Test
    void refusesATopicThatCantBeWrittenToAndNoneThatNobodyAnswersFor() {
        PlanContext looking = new Looking(List.of(
                Health.well("topic shop-dlq", "1 partition"),
                Health.unwell("topic shop-dlq", "it is compacted", "let it be deleted by age"),
                Health.notTried("topic shop-dlq", "no broker answers in time")));

        assertThat(Planner.plan(Plans.definition(file("shop-dlq")), Plans.CONNECTORS, looking)
                        .diagnostics())
                .singleElement()
                .satisfies(complaint -> {
                    assertThat(complaint.code()).isEqualTo(PlanCode.QUARANTINE_TOPIC_UNSUITED);
                    assertThat(complaint.message()).isEqualTo("topic `shop-dlq` can't be written to: it is compacted");
                    assertThat(complaint.fix()).contains("let it be deleted by age");
                });
    }

    private static String file(String topic) {
        return FILE.replace("TOPIC", topic);
    }

    /** Sees of a topic what the test says. */
    private record Looking(List<Health> seen) implements PlanContext {

        private static final FakeContext USUAL = new FakeContext(Map.of(), Map.of());

        @Override
        public List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics) {
            return USUAL.streams(source, diagnostics);
        }

        @Override
        public TableKnowledge table(TableName name) {
            return USUAL.table(name);
        }

        @Override
        public List<Health> look(QuarantineTopicFactory topic) {
            return seen;
        }
    }
}

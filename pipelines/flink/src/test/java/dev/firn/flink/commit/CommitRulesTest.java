package dev.firn.flink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.HoldOptions.Then;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.FakeTopic;
import dev.firn.flink.testing.Plans;
import dev.firn.plan.CommitSettings;
import dev.firn.plan.EvolutionSettings;
import dev.firn.plan.KeySettings;
import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.TableCommits;
import dev.firn.plan.TableSettings;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitRulesTest {

    private static final TableName NAMED = new TableName("sales.orders");

    private static final List<TableSettings> SETTINGS = List.of(
            said("sales.*", new CommitSettings(Duration.ofMinutes(5), Duration.ofHours(1), null, null)),
            said("*.click", new CommitSettings(null, Duration.ofHours(2), ByteSize.ofGibibytes(1), null)));

    private static TableSettings said(String tables, CommitSettings commits) {
        return new TableSettings(
                Selector.parse(tables),
                null,
                null,
                new TreeMap<>(),
                commits,
                EvolutionSettings.NOTHING,
                RuleSettings.NOTHING,
                KeySettings.NOTHING);
    }

    private static TableCommits every(int minutes, int holdHours, ByteSize bytes) {
        return new TableCommits(Duration.ofMinutes(minutes), Duration.ofHours(holdHours), bytes);
    }

    @Test
    void aTableThatAValueNamesIsCommittedToAsTheFileSaysOfItsName() {
        CommitRules rules = new CommitRules(
                Map.of(NAMED, TableCommits.DEFAULT),
                List.of(new MadeTables(new TableTemplate("sales.$by"), SETTINGS)),
                Duration.ofSeconds(1));
        assertThat(rules.of(new TableName("sales.view"))).isEqualTo(every(5, 1, ByteSize.ofGibibytes(50)));
        assertThat(rules.of(new TableName("sales.click"))).isEqualTo(every(5, 2, ByteSize.ofGibibytes(1)));
        assertThat(rules.of(NAMED)).isEqualTo(TableCommits.DEFAULT);
        assertThat(rules.of(new TableName("sales.eu.click"))).isEqualTo(TableCommits.DEFAULT);
        assertThat(rules.isOver(new TableName("sales.view"), Duration.ofMinutes(4)))
                .isFalse();
    }

    @Test
    void aJobMayDetachWhatTheFileSaysSoOf() {
        TableCommits detach =
                new TableCommits(Duration.ZERO, Duration.ofHours(1), ByteSize.ofGibibytes(1), Then.DETACH);
        assertThat(new CommitRules(Map.of(NAMED, TableCommits.DEFAULT), Duration.ofSeconds(30)).mayDetach())
                .isFalse();
        assertThat(new CommitRules(Map.of(NAMED, detach), Duration.ofSeconds(30)).mayDetach())
                .isTrue();
        MadeTables made = new MadeTables(
                new TableTemplate("sales.$by"),
                List.of(said("*.click", new CommitSettings(null, null, null, Then.DETACH))));
        CommitRules rules = new CommitRules(Map.of(), List.of(made), Duration.ofSeconds(30));
        assertThat(rules.mayDetach()).isTrue();
        assertThat(rules.of(new TableName("sales.click")).then()).isEqualTo(Then.DETACH);
        assertThat(rules.of(new TableName("sales.view")).then()).isEqualTo(Then.STOP);
    }

    @Test
    void theFileSaysNothingOfOurOwnTablesThoughATargetCouldMakeTheirNames() {
        PipelinePlan plan = Plans.of(FakeLake.create(), Map.of("kafka", FakeTopic.create(1)), NAMED);
        PipelinePlan byValue = new PipelinePlan(
                plan.pipeline(),
                plan.parallelism(),
                plan.maxParallelism(),
                plan.checkpointInterval(),
                plan.flink(),
                plan.sources(),
                plan.routes(),
                plan.tables(),
                List.of(new TablesByValuePlan(
                        new TableTemplate("sales.$by"),
                        "type",
                        3,
                        List.of(),
                        Optional.empty(),
                        List.of(said("*", new CommitSettings(Duration.ofMinutes(5), null, null, null))),
                        Optional.empty())),
                plan.sink(),
                plan.nodes());
        CommitRules rules = CommitRules.in(byValue);
        assertThat(rules.of(FakeLake.QUARANTINE)).isEqualTo(TableCommits.DEFAULT);
        assertThat(rules.of(plan.sink().names().ledger())).isEqualTo(TableCommits.DEFAULT);
    }
}

package dev.firn.flink.testing;

import dev.firn.plan.OperatorUid;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanNode;
import dev.firn.plan.RoutePlan;
import dev.firn.plan.SinkPlan;
import dev.firn.plan.SourcePlan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plans from fake sources into a fake lake. */
public final class Plans {

    private Plans() {}

    /** The pipeline {@code shop}; each source reads the one topic that is its value, into each table. */
    public static PipelinePlan of(FakeLake lake, Map<String, FakeTopic> sources, TableName... tables) {
        return plan(lake, sources, List.of(), tables);
    }

    /** The same where small tables and chosen partitions are gathered. */
    public static PipelinePlan gathering(FakeLake lake, Map<String, FakeTopic> sources, TableName... tables) {
        PlanNode gathered = new PlanNode.WriteGathered(OperatorUid.of("shop", "gathered"), "write gathered", 2);
        return plan(lake, sources, List.of(gathered), tables);
    }

    private static PipelinePlan plan(
            FakeLake lake, Map<String, FakeTopic> sources, List<PlanNode> gathered, TableName... tables) {
        List<SourcePlan> plans = new ArrayList<>();
        List<RoutePlan> routes = new ArrayList<>();
        List<PlanNode> nodes = new ArrayList<>();
        new TreeMap<>(sources).forEach((name, topic) -> {
            plans.add(new SourcePlan(
                    name,
                    FakeSourceTranslator.TYPE,
                    "exactly once",
                    List.of(topic.name()),
                    new TreeMap<>(),
                    new FakeSourceTranslator.Options(lake.name())));
            for (TableName table : tables) {
                routes.add(new RoutePlan(name, topic.name(), table));
            }
            nodes.add(new PlanNode.ReadSource(name, OperatorUid.of("shop", "source", name), "read " + name, 2));
            nodes.add(new PlanNode.TapLedger(name, OperatorUid.of("shop", "tap", name), "count " + name, 2));
        });
        nodes.add(new PlanNode.WriteTables(OperatorUid.of("shop", "tables"), "write tables", 2));
        nodes.addAll(gathered);
        nodes.add(new PlanNode.CommitEpochs(OperatorUid.of("shop", "epochs"), "commit epochs"));
        return new PipelinePlan(
                "shop",
                2,
                PipelinePlan.MAX_PARALLELISM,
                Duration.ofMillis(100),
                new TreeMap<>(),
                plans,
                routes,
                List.of(),
                List.of(),
                new SinkPlan(
                        FakeSinkConnector.TYPE,
                        new FakeSinkConnector.Options(lake.name()),
                        new LakeNames("shop", new TableName("sales.firn_ledger"), FakeLake.QUARANTINE)),
                nodes);
    }
}

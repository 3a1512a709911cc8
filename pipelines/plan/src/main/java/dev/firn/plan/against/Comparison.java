package dev.firn.plan.against;

import dev.firn.definition.diagnostic.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * A stored plan beside the one of now.
 *
 * @param differences by place, the worst first
 */
public record Comparison(StoredPlan before, StoredPlan now, List<Difference> differences) {

    private static final List<Rule> RULES = List.of(
            new PipelineRenamed(),
            new StateLeftBehind(),
            new EnvironmentChanged(),
            new LedgerMoved(),
            new CatalogChanged(),
            new QuarantineMoved(),
            new StateFolderChanged(),
            new SourceRenamed(),
            new StreamMoved(),
            new StreamReadTwice(),
            new StreamAdded(),
            new StreamRemoved(),
            new ClusterChanged(),
            new RegistryChanged(),
            new FormatChanged(),
            new StartupChanged(),
            new StreamRerouted(),
            new FanOutChanged(),
            new RouteColumnChanged(),
            new MaxTablesLowered(),
            new ColumnsChanged(),
            new TableLayoutChanged(),
            new EvolutionChanged(),
            new SettingChanged());

    /** What is said of the job as a whole comes first, what rows go through follows. */
    private static final List<String> ORDER = List.of(Places.PIPELINE, "source", "stream", "table", "tables", "sink");

    public Comparison {
        differences = List.copyOf(differences);
    }

    public static Comparison of(StoredPlan before, StoredPlan now) {
        return new Comparison(
                before,
                now,
                RULES.stream()
                        .flatMap(rule -> rule.differences(before, now).stream())
                        .sorted(Comparator.comparingInt((Difference found) ->
                                        ORDER.indexOf(found.place().split(" ", 2)[0]))
                                .thenComparing(Difference::place)
                                .thenComparing(found -> found.code().severity())
                                .thenComparing(Difference::setting)
                                .thenComparing(Difference::means))
                        .toList());
    }

    /** Whether the job of now can go on where the one of then stopped, with no row lost or there twice. */
    public boolean fits() {
        return differences.stream().allMatch(found -> found.code().fits());
    }

    /** How many of the differences are that bad. */
    public long count(Severity severity) {
        return differences.stream()
                .filter(found -> found.code().severity() == severity)
                .count();
    }
}

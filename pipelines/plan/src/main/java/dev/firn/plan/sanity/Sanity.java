package dev.firn.plan.sanity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.PipelinePlan;
import java.util.List;

/** Stops a plan that is wrong by a fault of ours before anybody acts on it. */
public final class Sanity {

    private static final List<PlanCheck> PLAN = List.of(
            new UidsAreUnique(),
            new SourcesHaveOperators(),
            new RowsHaveOneWay(),
            new RoutesLeadToTables(),
            new StreamsHaveSources(),
            new ParallelismFits(),
            new OwnTablesStandApart());

    private static final List<JsonCheck> JSON = List.of(new SecretsAreMasked(), new ReadsBack());

    private Sanity() {}

    /**
     * Of a plan that nobody complains about.
     *
     * @throws IllegalStateException with all that is wrong
     */
    public static void check(PipelinePlan plan) {
        refuse(PLAN.stream().flatMap(check -> check.faults(plan).stream()).toList());
    }

    /** Of what is about to be shown of a plan. */
    public static void check(PipelinePlan plan, ObjectNode json) {
        refuse(JSON.stream().flatMap(check -> check.faults(plan, json).stream()).toList());
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalStateException("our bug: the plan is wrong: " + String.join("; ", faults));
        }
    }
}

package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanNode;
import dev.firn.plan.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Each source is read by one operator and counted by one, and no other source is. */
final class SourcesHaveOperators implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        List<String> sources =
                plan.sources().stream().map(SourcePlan::name).sorted().toList();
        List<String> faults = new ArrayList<>();
        compare("read", sources, of(plan, PlanNode.ReadSource.class, PlanNode.ReadSource::source), faults);
        compare("counted", sources, of(plan, PlanNode.TapLedger.class, PlanNode.TapLedger::source), faults);
        return faults;
    }

    private static <N extends PlanNode> List<String> of(PipelinePlan plan, Class<N> kind, Function<N, String> source) {
        return plan.nodes().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(source)
                .sorted()
                .toList();
    }

    private static void compare(String how, List<String> sources, List<String> operators, List<String> faults) {
        if (!sources.equals(operators)) {
            faults.add("its sources are " + sources + ", and " + operators + " are " + how);
        }
    }
}

package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** State finds its operator by the uid: each operator has one of its own, which begins with the pipeline's name. */
final class UidsAreUnique implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        Set<String> uids = new HashSet<>();
        return plan.nodes().stream()
                .filter(node ->
                        !uids.add(node.uid().value()) || !node.uid().value().startsWith(plan.pipeline() + "/"))
                .map(node -> "operator `" + node.name() + "` has the uid `" + node.uid()
                        + "`, which another has or which is not of `" + plan.pipeline() + "`")
                .toList();
    }
}

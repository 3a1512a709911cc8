package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanNode;
import java.util.List;

/** Flink refuses an operator of more subtasks than the max parallelism, and a committer of more than one would commit twice. */
final class ParallelismFits implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        return plan.nodes().stream()
                .filter(node -> node.parallelism() < 1 || node.parallelism() > most(plan, node))
                .map(node -> "operator `" + node.name() + "` has " + node.parallelism() + " subtasks, and may have "
                        + most(plan, node))
                .toList();
    }

    private static int most(PipelinePlan plan, PlanNode node) {
        return node instanceof PlanNode.CommitEpochs ? 1 : Math.min(plan.parallelism(), plan.maxParallelism());
    }
}

package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Tables are written by one operator, and by one that gathers where there are several subtasks; epochs are committed by one. */
final class RowsHaveOneWay implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        List<String> faults = new ArrayList<>();
        expect(plan, PlanNode.WriteTables.class, 1, faults);
        expect(plan, PlanNode.WriteGathered.class, plan.parallelism() > 1 ? 1 : 0, faults);
        expect(plan, PlanNode.CommitEpochs.class, 1, faults);
        return faults;
    }

    private static void expect(PipelinePlan plan, Class<? extends PlanNode> kind, long wanted, List<String> faults) {
        long there = plan.nodes().stream().filter(kind::isInstance).count();
        if (there != wanted) {
            faults.add("it has " + there + " operators `" + kind.getSimpleName() + "` and should have " + wanted);
        }
    }
}

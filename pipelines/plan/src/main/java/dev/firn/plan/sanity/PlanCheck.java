package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import java.util.List;

/** One thing that must hold of a plan. */
interface PlanCheck {

    /** What does not hold, in words. */
    List<String> faults(PipelinePlan plan);
}

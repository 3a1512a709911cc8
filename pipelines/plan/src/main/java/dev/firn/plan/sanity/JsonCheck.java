package dev.firn.plan.sanity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.plan.PipelinePlan;
import java.util.List;

/** One thing that must hold of a plan's JSON before it leaves the process. */
interface JsonCheck {

    /** What does not hold, in words. */
    List<String> faults(PipelinePlan plan, ObjectNode json);
}

package dev.firn.plan.against;

import java.util.List;

/** One thing that can be different, and matters in its own way. */
interface Rule {

    /** What it finds; nothing where the plans agree. */
    List<Difference> differences(StoredPlan before, StoredPlan now);
}

package dev.firn.plan.against;

import java.util.List;

/** The pipeline has another name, another ledger and other tables: nothing stops it from beginning anew. */
final class StateLeftBehind implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        boolean isAnother = !before.pipeline().equals(now.pipeline())
                && !before.sink().ledger().equals(now.sink().ledger())
                && now.targetsShared(before).isEmpty();
        return isAnother
                ? List.of(Difference.of(
                                AgainstCode.STATE_LEFT_BEHIND,
                                Places.PIPELINE,
                                "name",
                                before.pipeline(),
                                now.pipeline(),
                                "another name, another ledger, other tables: it is another pipeline, which begins at `startup`;"
                                        + " state and tables of `" + before.pipeline() + "` stay behind")
                        .mendedBy("name it `" + before.pipeline() + "` again, unless another one is meant"))
                : List.of();
    }
}

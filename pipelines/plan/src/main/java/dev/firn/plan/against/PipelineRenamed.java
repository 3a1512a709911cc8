package dev.firn.plan.against;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The pipeline has another name: its operators have other uids, its tables another mark, and often its ledger another place. */
final class PipelineRenamed implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        if (before.pipeline().equals(now.pipeline())) {
            return List.of();
        }
        return List.of(Difference.of(
                        AgainstCode.PIPELINE_RENAMED,
                        Places.PIPELINE,
                        "name",
                        before.pipeline(),
                        now.pipeline(),
                        means(before, now))
                .mendedBy("name it `" + before.pipeline() + "` again" + onPurpose(before, now)));
    }

    private static String onPurpose(StoredPlan before, StoredPlan now) {
        return isSameLedger(before, now)
                ? ""
                : both(before, now)
                        .map(tables -> "; to read all again on purpose, give " + tables + " other names too")
                        .orElse("");
    }

    private static boolean isSameLedger(StoredPlan before, StoredPlan now) {
        return before.sink().ledger().equals(now.sink().ledger());
    }

    private static String means(StoredPlan before, StoredPlan now) {
        if (isSameLedger(before, now)) {
            return "no state of `" + before.pipeline() + "` is found under the new name, and its tables do not know it:"
                    + " the start takes them for tables that were made anew";
        }
        return "neither state nor ledger of `" + before.pipeline()
                + "` is found under the new name: every stream is read"
                + " again from `startup`"
                + both(before, now)
                        .map(tables -> ", and the rows are there twice in " + tables)
                        .orElse(", into other tables");
    }

    /** The tables that both write to. */
    private static Optional<String> both(StoredPlan before, StoredPlan now) {
        Set<String> tables = new TreeSet<>(before.targets());
        tables.retainAll(now.targets());
        return tables.isEmpty() ? Optional.empty() : Optional.of(Places.quoted(tables));
    }
}

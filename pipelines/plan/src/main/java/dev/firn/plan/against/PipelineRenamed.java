package dev.firn.plan.against;

import java.util.List;
import java.util.Set;

/** The pipeline has another name, and its ledger or its tables are those of the old one, which do not know it. */
final class PipelineRenamed implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        if (before.pipeline().equals(now.pipeline())) {
            return List.of();
        }
        if (before.sink().ledger().equals(now.sink().ledger())) {
            return List.of(renamed(
                            before,
                            now,
                            "the ledger is `" + before.pipeline()
                                    + "`'s, and the start is refused: a pipeline of another name"
                                    + " would go on where that one has got to")
                    .mendedBy("name it `" + before.pipeline()
                            + "` again, or give the new one a `sink.namespace` of its own"));
        }
        Set<String> both = now.targetsShared(before);
        return both.isEmpty()
                ? List.of()
                : List.of(renamed(
                                before,
                                now,
                                "neither state nor ledger of `" + before.pipeline()
                                        + "` is found under the new name. The start is refused, for every stream would be read"
                                        + " again from `startup` and written a second time to " + Places.quoted(both))
                        .mendedBy("name it `" + before.pipeline()
                                + "` again; to write all again on purpose, start with `--allow written-by-another`"));
    }

    private static Difference renamed(StoredPlan before, StoredPlan now, String means) {
        return Difference.of(
                AgainstCode.PIPELINE_RENAMED, Places.PIPELINE, "name", before.pipeline(), now.pipeline(), means);
    }
}

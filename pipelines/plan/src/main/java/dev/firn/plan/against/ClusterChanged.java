package dev.firn.plan.against;

import java.util.List;

/** A source that is known under its name reads at another address. */
final class ClusterChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofSources(
                before, now, (was, is) -> was.settings().changes(is.settings(), SourceWords::isAddress).stream()
                        .map(change -> Difference.of(
                                        AgainstCode.CLUSTER_CHANGED,
                                        Places.source(is.name()),
                                        change,
                                        "the same cluster under another address is no loss. Topics of another one have other ids, and"
                                                + " the start is refused: positions of the one mean nothing in the other")
                                .mendedBy("give a source of another cluster another `name`"))
                        .toList());
    }
}

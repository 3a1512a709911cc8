package dev.firn.plan.against;

import java.util.List;

/** The ids of schemas, which stand in records that are not read yet, are looked up in another registry. */
final class RegistryChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofSources(
                before, now, (was, is) -> was.settings().changes(is.settings(), SourceWords::isRegistry).stream()
                        // Where one of them has none, the format is another, and that is told.
                        .filter(change ->
                                change.was().isPresent() && change.is().isPresent())
                        .map(
                                change -> Difference.of(
                                                AgainstCode.REGISTRY_CHANGED,
                                                Places.source(is.name()),
                                                change,
                                                "the same registry under another address is no loss. In another one an id may be another schema:"
                                                        + " records that were written with the old one go to quarantine, or are read wrongly")
                                        .mendedBy(
                                                "copy the schemas with their ids first, or let the pipeline catch up before writers change"))
                        .toList());
    }
}

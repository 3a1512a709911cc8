package dev.firn.plan.against;

import java.util.List;

/** Bytes mean something else, in records of before too that are not read yet. */
final class FormatChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofSources(
                before, now, (was, is) -> was.settings().changes(is.settings(), SourceWords::isFormat).stream()
                        .map(change -> Difference.of(
                                AgainstCode.FORMAT_CHANGED,
                                Places.source(is.name()),
                                change,
                                "it holds from where the pipeline is, whenever a record was written: what does not fit goes to"
                                        + " quarantine, and rows that are there stay as they are"))
                        .toList());
    }
}

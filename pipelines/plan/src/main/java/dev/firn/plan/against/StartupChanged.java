package dev.firn.plan.against;

import java.util.List;

/** Another start, of a stream whose position is known. */
final class StartupChanged implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        return Pairs.ofSources(
                before, now, (was, is) -> was.settings().changes(is.settings(), SourceWords::isStartup).stream()
                        .map(
                                change -> Difference.of(
                                        AgainstCode.STARTUP_CHANGED,
                                        Places.source(is.name()),
                                        change,
                                        "it holds for streams alone that nobody has read: those that were read go on where they are"))
                        .toList());
    }
}

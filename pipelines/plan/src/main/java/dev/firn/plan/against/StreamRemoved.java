package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;

/** A stream that is read no more, because its source or itself was taken out of the file. */
final class StreamRemoved implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        for (Source was : before.sources().values()) {
            for (String stream : was.streams()) {
                if (isGone(now, was, stream)) {
                    found.add(Difference.of(
                            AgainstCode.STREAM_REMOVED,
                            Places.source(was.name()),
                            "stream " + stream,
                            "read",
                            "not read",
                            "it is read no more. The ledger keeps its position: put back under the same source it goes on"
                                    + " there, unless its records have been deleted by then"));
                }
            }
        }
        return found;
    }

    private static boolean isGone(StoredPlan now, Source was, String stream) {
        return now.readersOf(stream).stream()
                .map(name -> now.sources().get(name))
                .noneMatch(reader -> reader.name().equals(was.name()) || SourceWords.areOfOnePlace(was, reader));
    }
}

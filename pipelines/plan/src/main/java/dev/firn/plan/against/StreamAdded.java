package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;

/** A stream that nobody has read, as far as the stored plan says. */
final class StreamAdded implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        for (Source reader : now.sources().values()) {
            for (String stream : reader.streams()) {
                if (isNew(before, reader, stream)) {
                    found.add(Difference.of(
                            AgainstCode.STREAM_ADDED,
                            Places.source(reader.name()),
                            "stream " + stream,
                            "not read",
                            "read",
                            "it begins at " + SourceWords.beginning(reader, stream)
                                    + ", or where the ledger left off if the pipeline read it at some time"));
                }
            }
        }
        return found;
    }

    /** A stream of that name in another cluster is another one. */
    private static boolean isNew(StoredPlan before, Source reader, String stream) {
        return before.readersOf(stream).stream()
                .map(name -> before.sources().get(name))
                .noneMatch(read -> read.name().equals(reader.name()) || SourceWords.areOfOnePlace(read, reader));
    }
}

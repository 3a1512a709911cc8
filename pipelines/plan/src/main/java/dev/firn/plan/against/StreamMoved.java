package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;

/** A stream is read by another source, and the one that read it stays: the position stands under its name. */
final class StreamMoved implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        for (Source stays : now.sources().values()) {
            Source was = before.sources().get(stays.name());
            if (was == null) {
                continue;
            }
            for (String stream : was.streams()) {
                if (!stays.streams().contains(stream)) {
                    now.readersOf(stream).stream()
                            .map(name -> now.sources().get(name))
                            .filter(reader -> !before.readersOf(stream).contains(reader.name()))
                            .filter(reader -> SourceWords.areOfOnePlace(was, reader))
                            .forEach(reader -> found.add(moved(stream, was, reader)));
                }
            }
        }
        return found;
    }

    private static Difference moved(String stream, Source was, Source reader) {
        return Difference.of(
                        AgainstCode.STREAM_MOVED,
                        Places.source(reader.name()),
                        "stream " + stream,
                        was.name(),
                        reader.name(),
                        "the ledger knows `" + stream + "` from source `" + was.name()
                                + "`: the start is refused, for it would read every record of it again")
                .mendedBy("leave it with source `" + was.name()
                        + "`; to read it again on purpose, start with `--allow stream-moved`");
    }
}

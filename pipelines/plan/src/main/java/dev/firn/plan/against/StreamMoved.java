package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A stream is read by another source, and the one that read it stays: nobody looks for its position there. */
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
                            .forEach(reader ->
                                    found.add(moved(stream, was, reader, again(before, now, stream, was, reader))));
                }
            }
        }
        return found;
    }

    /** What becomes of the rows that are read again. */
    private static String again(StoredPlan before, StoredPlan now, String stream, Source was, Source reader) {
        SortedSet<String> is = now.tablesOf(reader.name(), stream);
        SortedSet<String> both = new TreeSet<>(before.tablesOf(was.name(), stream));
        both.retainAll(is);
        return both.isEmpty() ? "into " + Places.quoted(is) : "and its rows are there twice in " + Places.quoted(both);
    }

    private static Difference moved(String stream, Source was, Source reader, String again) {
        return Difference.of(
                        AgainstCode.STREAM_MOVED,
                        Places.source(reader.name()),
                        "stream " + stream,
                        was.name(),
                        reader.name(),
                        "the position of `" + stream + "` stands under source `" + was.name()
                                + "`: it is read again from " + SourceWords.beginning(reader) + ", " + again)
                .mendedBy("leave it with source `" + was.name() + "`");
    }
}

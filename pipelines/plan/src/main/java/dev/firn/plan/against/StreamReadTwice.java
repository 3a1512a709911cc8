package dev.firn.plan.against;

import dev.firn.plan.against.StoredPlan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A second source reads a stream into a table that has its rows already. */
final class StreamReadTwice implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        for (Source reader : now.sources().values()) {
            for (String stream : reader.streams()) {
                if (!before.readersOf(stream).contains(reader.name())) {
                    now.readersOf(stream).stream()
                            .filter(name -> before.readersOf(stream).contains(name))
                            .map(name -> now.sources().get(name))
                            .filter(first -> SourceWords.areOfOnePlace(first, reader))
                            .forEach(first -> twice(now, stream, first, reader).ifPresent(found::add));
                }
            }
        }
        return found;
    }

    private static Optional<Difference> twice(StoredPlan now, String stream, Source first, Source reader) {
        SortedSet<String> tables = new TreeSet<>(now.tablesOf(first.name(), stream));
        tables.retainAll(now.tablesOf(reader.name(), stream));
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(Difference.of(
                                AgainstCode.STREAM_READ_TWICE,
                                Places.source(reader.name()),
                                "stream " + stream,
                                "read by " + first.name(),
                                "by " + reader.name() + " too",
                                "both lead to one table: the start is refused, for every row would be in "
                                        + Places.quoted(tables) + " twice, those of before from "
                                        + SourceWords.beginning(reader, stream))
                        .mendedBy("let one source read it, or route `" + reader.name() + "/" + stream
                                + "` to a table of its own; if it is meant so, start with `--allow read-twice`"));
    }
}

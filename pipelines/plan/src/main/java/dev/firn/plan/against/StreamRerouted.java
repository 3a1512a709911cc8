package dev.firn.plan.against;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows of a stream go to another table than before. */
final class StreamRerouted implements Rule {

    @Override
    public List<Difference> differences(StoredPlan before, StoredPlan now) {
        List<Difference> found = new ArrayList<>();
        if (!now.knowsPositionsOf(before)) {
            return found;
        }
        for (StoredPlan.Source source : now.sources().values()) {
            for (String stream : source.streams()) {
                SortedSet<String> was = before.tablesOf(source.name(), stream);
                SortedSet<String> is = now.tablesOf(source.name(), stream);
                SortedSet<String> left = new TreeSet<>(was);
                left.removeAll(is);
                SortedSet<String> reached = new TreeSet<>(is);
                reached.removeAll(was);
                if (!left.isEmpty() && !reached.isEmpty()) {
                    found.add(Difference.of(
                                    AgainstCode.STREAM_REROUTED,
                                    Places.stream(source.name(), stream),
                                    "to",
                                    Places.plain(was),
                                    Places.plain(is),
                                    "rows of before stay in " + Places.quoted(left) + ", and " + Places.quoted(reached)
                                            + (reached.size() == 1 ? " has" : " have")
                                            + " those from here on: the stream is not read again")
                            .mendedBy("to have them all in one table, copy those of before with a query engine"));
                }
            }
        }
        return found;
    }
}

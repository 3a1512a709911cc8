package dev.firn.plan.against;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A stream goes to more tables than before, or to fewer. */
final class FanOutChanged implements Rule {

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
                if (was.isEmpty() || was.equals(is)) {
                    continue;
                }
                if (is.containsAll(was)) {
                    found.add(changed(source.name(), stream, was, is, more(without(is, was))));
                } else if (was.containsAll(is)) {
                    found.add(changed(source.name(), stream, was, is, fewer(without(was, is))));
                }
            }
        }
        return found;
    }

    private static Difference changed(
            String source, String stream, SortedSet<String> was, SortedSet<String> is, String means) {
        return Difference.of(
                AgainstCode.FAN_OUT_CHANGED,
                Places.stream(source, stream),
                "to",
                Places.plain(was),
                Places.plain(is),
                means);
    }

    private static String more(SortedSet<String> added) {
        return "the copies in " + Places.quoted(added)
                + " begin where the pipeline is: rows of before are not read again for them";
    }

    private static String fewer(SortedSet<String> left) {
        return Places.quoted(left) + (left.size() == 1 ? " keeps its rows and gets" : " keep their rows and get")
                + " no more of the stream";
    }

    private static SortedSet<String> without(SortedSet<String> all, SortedSet<String> some) {
        SortedSet<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}

package dev.firn.connector.kafka.broker;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The answer to a question for several topics.
 *
 * @param found by name
 * @param missing the broker knows no such topic
 * @param forbidden the broker lets this client not see them
 */
public record Topics(SortedMap<String, Topic> found, SortedSet<String> missing, SortedSet<String> forbidden) {

    public Topics(Map<String, Topic> found, Set<String> missing, Set<String> forbidden) {
        this(new TreeMap<>(found), new TreeSet<>(missing), new TreeSet<>(forbidden));
    }

    public Topics {
        found = Collections.unmodifiableSortedMap(new TreeMap<>(found));
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
        forbidden = Collections.unmodifiableSortedSet(new TreeSet<>(forbidden));
    }

    /** All of them, or the failure that says which are not there. */
    public SortedMap<String, Topic> all() throws ClusterFailure {
        if (!missing.isEmpty()) {
            throw new ClusterFailure(ClusterFailure.Kind.REFUSED, "there is no topic " + named(missing));
        }
        return visible();
    }

    /** Those that are there, or the failure that says which can't be looked at. */
    public SortedMap<String, Topic> visible() throws ClusterFailure {
        if (!forbidden.isEmpty()) {
            throw new ClusterFailure(
                    ClusterFailure.Kind.REFUSED, "the broker refuses access to topic " + named(forbidden));
        }
        return found;
    }

    private static String named(Set<String> topics) {
        return "`" + String.join("`, `", topics) + "`";
    }
}

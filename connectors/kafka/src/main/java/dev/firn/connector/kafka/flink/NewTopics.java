package dev.firn.connector.kafka.flink;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that the file selects and that came when the job was made already. A table's columns, and whether a route takes a topic, are settled in a
 * plan; so they are read from the next start on, and until then it is said that they wait.
 */
final class NewTopics {

    /** How many wait. */
    static final String METRIC = "topicsNotReadYet";

    private static final Logger LOG = LoggerFactory.getLogger(NewTopics.class);

    private final String source;
    private final SelectedTopics selected;
    private final Set<String> read;
    private volatile Set<String> waiting = Set.of();

    /** @param read all topics that the job reads */
    NewTopics(String source, SelectedTopics selected, Collection<String> read) {
        this.source = source;
        this.selected = selected;
        this.read = Set.copyOf(read);
    }

    boolean areLookedFor() {
        return !selected.isNone();
    }

    /** Says each that was not there the last time. */
    void look(Collection<String> there) {
        Set<String> now = new TreeSet<>(selected.among(there));
        now.removeAll(read);
        Set<String> said = waiting;
        Set<String> came = new HashSet<>(now);
        came.removeAll(said);
        if (!came.isEmpty()) {
            LOG.warn(
                    "source {} selects topics that this job's plan does not have, so they wait for its next start: {}",
                    source,
                    List.copyOf(now));
        }
        waiting = Set.copyOf(now);
    }

    int count() {
        return waiting.size();
    }
}

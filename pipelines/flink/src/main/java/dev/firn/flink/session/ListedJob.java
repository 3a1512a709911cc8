package dev.firn.flink.session;

import java.time.Instant;
import java.util.Set;

/**
 * A line of a cluster's list.
 *
 * @param state in Flink's words
 * @param changed when it got into this state
 */
public record ListedJob(String id, String name, String state, Instant started, Instant changed) {

    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED", "SUSPENDED");

    public boolean isOver() {
        return isOver(state);
    }

    /** Whether it was handed over just now, so that nothing is known of it yet but its name. */
    public boolean isComing() {
        return state.equals("INITIALIZING");
    }

    /** Whether a state, in Flink's words, is one that a job does not leave. */
    public static boolean isOver(String state) {
        return ENDED.contains(state);
    }
}

package dev.firn.plan;

import dev.firn.definition.bind.ByteSize;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a table is committed to, and how much may wait where it can't be.
 *
 * @param interval the least time between two commits; zero: every checkpoint with rows
 * @param holdFor how long it may fail before the job stops
 * @param holdBytes how much may be staged for it meanwhile
 */
public record TableCommits(Duration interval, Duration holdFor, ByteSize holdBytes) implements Serializable {

    public static final TableCommits DEFAULT =
            new TableCommits(Duration.ZERO, Duration.ofHours(12), ByteSize.ofGibibytes(50));

    /**
     * Orphan cleaners, ours and others', leave files alone that are younger than three days. What is staged longer than
     * half of that has too little time left for somebody to notice.
     */
    public static final Duration HALF_ORPHAN_AGE = Duration.ofHours(36);

    boolean atEveryCheckpoint() {
        return interval.isZero();
    }

    /** In words, such as {@code every 5m}. */
    String when() {
        return atEveryCheckpoint() ? "at every checkpoint with rows" : "every " + OptionsJson.duration(interval);
    }

    String hold() {
        return OptionsJson.duration(holdFor) + " or " + holdBytes + ", then stop";
    }
}

package dev.firn.plan;

import dev.firn.definition.HoldOptions;
import dev.firn.definition.bind.ByteSize;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * When a table is committed to, and how much may wait where it can't be.
 *
 * @param interval the least time between two commits; zero: every checkpoint with rows
 * @param holdFor how long it may fail
 * @param holdBytes how much may be staged for it meanwhile
 * @param then what happens when it is more
 */
public record TableCommits(Duration interval, Duration holdFor, ByteSize holdBytes, HoldOptions.Then then)
        implements Serializable {

    public static final TableCommits DEFAULT =
            new TableCommits(Duration.ZERO, Duration.ofHours(12), ByteSize.ofGibibytes(50));

    /** Of a table without which the job does not go on. */
    public TableCommits(Duration interval, Duration holdFor, ByteSize holdBytes) {
        this(interval, holdFor, holdBytes, HoldOptions.Then.STOP);
    }

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
        return OptionsJson.duration(holdFor) + " or " + holdBytes + ", then " + word(then);
    }

    /** As the file writes it. */
    static String word(HoldOptions.Then then) {
        return then.name().toLowerCase(Locale.ROOT);
    }
}

package dev.firn.schema.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an outage of the registry is waited out.
 *
 * @param answerWithin for one request, from connecting to the last byte
 * @param limit for all tries together; zero means a single try
 * @param firstPause doubled after each try
 * @param longestPause where the doubling ends
 */
public record Patience(Duration answerWithin, Duration limit, Duration firstPause, Duration longestPause, Time time) {

    /** Short against a checkpoint's timeout, long against a slow answer. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** One try: for a person who waits. */
    public static Patience none() {
        return new Patience(ANSWER_WITHIN, Duration.ZERO, Duration.ZERO, Duration.ZERO, Time.SYSTEM);
    }

    /** For a running job, which sees to the limit itself ({@link OutagePolicy}); pauses are of at most half a minute. */
    public static Patience atRunTime() {
        return new Patience(ANSWER_WITHIN, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(30), Time.SYSTEM);
    }

    /**
     * The pause after the given try, 0-based. What the registry itself asks for is kept, as far as no pause is longer
     * than the longest.
     */
    Duration pauseAfter(int tries, Optional<Duration> askAgainIn) {
        Duration own = pauseAfter(tries);
        return askAgainIn
                .map(asked -> asked.compareTo(longestPause) < 0 ? asked : longestPause)
                .filter(asked -> asked.compareTo(own) > 0)
                .orElse(own);
    }

    /** After which a schema that was denied is asked for once more: a second while a job runs. */
    Duration beforeSecondLook() {
        return firstPause.multipliedBy(5);
    }

    /** Shortened by up to half, so that subtasks do not knock in step. */
    private Duration pauseAfter(int tries) {
        long doubled = firstPause.toMillis() << Math.min(tries, 30);
        long longest = Math.min(doubled, longestPause.toMillis());
        return Duration.ofMillis(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}

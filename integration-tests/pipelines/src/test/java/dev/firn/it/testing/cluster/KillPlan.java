package dev.firn.it.testing.cluster;

import dev.firn.it.testing.windows.Window;
import java.util.List;

/**
 * How much is written and killed: a small form for every change, larger ones by {@code integration-tests/evidence kills}.
 *
 * @param records at least, over all topics
 * @param seconds over which they are written, if the kills don't take longer
 */
public record KillPlan(long records, int kills, long seconds, long seed) {

    private static final List<Window> ORDER = List.of(
            Window.CONFIRMED,
            Window.WRITTEN_AHEAD,
            Window.COMMITTED,
            Window.HALF_COMMITTED,
            Window.CONFIRMED,
            Window.COMMITTED);

    /** What the properties {@code firn.kills.*} say. */
    public static KillPlan ofThisProcess() {
        int kills = Integer.getInteger("firn.kills.count", 10);
        // About as long as a kill and the way back take; with more, the test would only wait for records.
        return new KillPlan(
                Long.getLong("firn.kills.records", 100_000),
                kills,
                Long.getLong("firn.kills.seconds", 7L * kills),
                Long.getLong("firn.kills.seed", 20_261_125));
    }

    public double perSecond() {
        return (double) records / seconds;
    }

    /** The window of a kill, counted from 0. */
    Window window(int kill) {
        return ORDER.get(kill % ORDER.size());
    }

    /** How many records are written before a kill: they are spread over the whole load. */
    long recordsBefore(int kill) {
        return records * (2L * kill + 1) / (2L * kills + 2);
    }
}

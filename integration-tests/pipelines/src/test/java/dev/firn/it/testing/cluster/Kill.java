package dev.firn.it.testing.cluster;

import dev.firn.it.testing.windows.CaughtEpoch;
import dev.firn.it.testing.windows.Window;
import java.util.Locale;

/**
 * A TaskManager that was killed, and what stood where.
 *
 * @param seconds since the load began
 * @param checkpoint the newest that had completed
 */
record Kill(int number, double seconds, Victim victim, Window window, CaughtEpoch epoch, long checkpoint, Rows rows) {

    /** Whose process it was. */
    record Victim(String id, boolean commits) {}

    /**
     * Right before it was killed.
     *
     * @param visible rows in the tables and the quarantine
     * @param written records that the broker had acknowledged
     */
    record Rows(long visible, long written) {

        long inFlight() {
            return written - visible;
        }
    }

    static final String HEAD =
            """
            | kill | after | TaskManager | checkpoint | window | epoch, its rows | rows visible before | rows in flight |
            |---|---|---|---|---|---|---|---|
            """;

    String line() {
        return String.format(
                Locale.ROOT,
                "| %d | %.0f s | %s%s | %d | %s | %d, %,d | %,d | %,d |%n",
                number,
                seconds,
                victim.id(),
                victim.commits() ? ", the committer's" : ", a writer's",
                checkpoint,
                window.words(),
                epoch.number(),
                epoch.records(),
                rows.visible(),
                rows.inFlight());
    }
}

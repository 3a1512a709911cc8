package dev.firn.spi.rule;

import dev.firn.definition.table.Otherwise;
import java.io.Serializable;
import java.time.Duration;

/**
 * A table's {@code event-time}: which column says when the event of a row happened, and which rows come too late for it.
 *
 * @param column of the table, of a date or timestamp type
 * @param lateAfter how far behind the newest of its partition a row is late
 * @param late what becomes of such a row
 */
public record RowEventTime(String column, Duration lateAfter, Otherwise late) implements Serializable {

    /** What rows are tagged with, and what those are counted as that are dropped: late ones have no rule with a name of its own. */
    public static final String LATE = "late";
}

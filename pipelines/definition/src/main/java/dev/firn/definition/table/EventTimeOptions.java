package dev.firn.definition.table;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.time.Duration;

/** {@code event-time:} of a table. */
@Component(
        kind = "table",
        name = "event-time",
        summary = "The column that says when a row's event happened, and what is done about late rows.")
public record EventTimeOptions(
        @Required @Doc("The column, of a date or timestamp type.") @Example("placed_at") String column,
        @Required
                @AtLeast("1s")
                @AtMost("36500d")
                @Doc(
                        "How far behind the newest event time that its partition had before it a row is late. A time more than a day ahead"
                                + " of its record's own timestamp makes no row late.")
                @Example("2d")
                Duration lateAfter,
        @Default("quarantine")
                @Doc(
                        "What happens to a late row: `quarantine` keeps it aside, `drop` leaves it out and counts it, `tag` writes it and"
                                + " says so in a column, `fail` ends the job.")
                @Example("quarantine")
                Otherwise late) {

    public EventTimeOptions {
        if (column.isBlank()) {
            throw new IllegalArgumentException("`column` is empty");
        }
    }
}

package dev.firn.definition.table;

import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.time.Duration;
import java.util.Optional;

/** {@code event-time:} of a table. */
@Component(kind = "table", name = "event-time", summary = "The column that says when a row's event happened.")
public record EventTimeOptions(
        @Required @Doc("The column, of a date or timestamp type.") @Example("placed_at") String column,
        @AtLeast("1s")
                @Doc("How far behind the newest event time a row counts as late; no row is late unless this is said.")
                @Example("2d")
                Optional<Duration> lateAfter,
        @Default("quarantine")
                @Doc(
                        "What happens to a late row: `quarantine` keeps it aside, `drop` leaves it out and counts it, `tag` writes it and"
                                + " says so in a column, `fail` ends the job.")
                @Example("quarantine")
                Otherwise late) {}

package dev.firn.definition;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Matching;
import dev.firn.definition.bind.Required;
import java.util.List;
import java.util.Optional;

/** One line of {@code route:}. */
@Component(kind = "route", name = "route", summary = "Sends a stream to a table; the first line that matches wins.")
public record RouteOptions(
        @Required
                @AlsoKnownAs({"source-table", "source", "topic", "stream"})
                @Doc("Which streams: a name, a name with `*`, or a regular expression between slashes.")
                @Example("orders")
                String from,
        @Required
                @AlsoKnownAs({"sink-table", "target", "target-table", "table", "destination"})
                @Doc(
                        "The table, or a list of tables that each get a copy; `$stream` is the stream's name, `$1` what the"
                                + " first `*` or group took.")
                @Example("sales.orders")
                List<String> to,
        @Matching(value = COLUMN, says = COLUMN_IN_WORDS)
                @Doc(
                        "A column at the top of the record whose values name the tables: each value has one of its own, called"
                                + " as `$by` in `to` says.")
                @Example("event_type")
                Optional<String> by,
        @Default("100")
                @AtLeast("1")
                @AtMost("10000")
                @Doc("How many tables `by` may lead to; records of further values go to quarantine.")
                @Example("200")
                int maxTables) {

    /** The Avro record's name instead of a column. */
    public static final String RECORD_NAME = "$record";

    static final String COLUMN = "\\$record|[A-Za-z_][A-Za-z0-9_]*";

    static final String COLUMN_IN_WORDS =
            "a column at the top of the record; a field inside another can't be routed by";

    public RouteOptions {
        to = List.copyOf(to);
    }
}

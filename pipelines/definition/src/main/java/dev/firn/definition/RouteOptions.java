package dev.firn.definition;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.util.List;

/** One line of {@code route:}. */
@Component(kind = "route", name = "route", summary = "Sends a stream to a table; the first line that matches wins.")
public record RouteOptions(
        @Required
                @Doc("Which streams: a name, a name with `*`, or a regular expression between slashes.")
                @Example("orders")
                String from,
        @Required
                @Doc(
                        "The table, or a list of tables that each get a copy; `$stream` is the stream's name, `$1` what the"
                                + " first `*` or group took.")
                @Example("sales.orders")
                List<String> to) {

    public RouteOptions {
        to = List.copyOf(to);
    }
}

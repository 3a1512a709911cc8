package dev.firn.definition.tests;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.bind.Required;
import dev.firn.definition.yaml.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A record that goes in. */
@Component(kind = "tests", name = "given", summary = "A record that goes in.")
public record GivenOptions(
        @Required
                @Doc("The stream that it comes from; `source/stream` where several sources have one of that name.")
                @Example("orders")
                String from,
        @Required
                @Doc(
                        "Its value, written with the stream's newest schema in `schemas/`. A field that is not given is what the schema has for it, else null; `null` is a record without a value.")
                @Example("{order_id: 1, amount: -5}")
                Node value,
        @Doc("Its key; text where the source has no `key`. Without it the record has none.") @Example("1")
                Optional<Node> key,
        @Default("1970-01-01T00:00:00Z")
                @Doc("When it was written, as the source says it.")
                @Example("2026-01-03T09:14:07Z")
                String timestamp,
        @OwnNames @Doc("Its headers, as text.") @Example("{trace: \"4f1c\"}") Map<String, String> headers) {

    public GivenOptions {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}

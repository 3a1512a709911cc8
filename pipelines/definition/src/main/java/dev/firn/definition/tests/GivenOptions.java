package dev.firn.definition.tests;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/** A record that goes in. */
@Component(kind = "tests", name = "given", summary = "A record that goes in.")
public record GivenOptions(
        @Required @Doc("The stream that it comes from.") @Example("orders") String from,
        @Required @Doc("Its value, as the schema of the stream reads it.") @Example("{order_id: 1, amount: -5}")
                Node value,
        @Doc("Its key.") @Example("1") Optional<Node> key) {}

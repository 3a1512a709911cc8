package dev.firn.definition.tests;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.NotBuiltYet;
import dev.firn.definition.bind.Required;
import java.util.List;

/** One entry of {@code tests:}. */
@NotBuiltYet
@Component(
        kind = "tests",
        name = "tests",
        summary = "What the definition does with given records, to be tried without a cluster and without services.")
public record TestOptions(
        @Required @Doc("What the test is about, as a sentence.") @Example("a negative amount is quarantined")
                String name,
        @Required
                @Doc("The records that go in, in order.")
                @Example("[{from: orders, value: {order_id: 1, amount: -5}}]")
                List<GivenOptions> given,
        @Required
                @Doc("What must come out; what is not named here is not looked at.")
                @Example("{tables: {sales.orders: []}}")
                ExpectedOptions expect) {

    public TestOptions {
        given = List.copyOf(given);
    }
}

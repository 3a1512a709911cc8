package dev.firn.definition.tests;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import java.util.List;

/** One entry of {@code tests:}. */
@Component(
        kind = "tests",
        name = "tests",
        summary =
                "What the file does with given records: tried by `firn test`, without a cluster and without services.")
public record TestOptions(
        @Required @Doc("What the test is about, as a sentence.") @Example("a negative amount is quarantined")
                String name,
        @Required
                @Doc("The records that go in, in order.")
                @Example("[{from: orders, value: {order_id: 1, amount: -5}}]")
                List<GivenOptions> given,
        @Required @Doc("What must come out.") @Example("{tables: {sales.orders: []}}") ExpectedOptions expect) {

    public TestOptions {
        given = List.copyOf(given);
    }
}

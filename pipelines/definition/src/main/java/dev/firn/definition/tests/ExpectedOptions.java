package dev.firn.definition.tests;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.yaml.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must come out of a test. */
@Component(kind = "tests", name = "expect", summary = "What must come out.")
public record ExpectedOptions(
        @Doc("The records that go to quarantine, in order.") @Example("[{rule: positive-amount}]")
                Optional<List<Reject>> quarantine,
        @OwnNames
                @Doc("The rows of each table, in order; of a row only the columns that are named.")
                @Example("{sales.orders: [{order_id: 1}]}")
                Map<String, List<Node>> tables) {

    public ExpectedOptions {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** A record in quarantine. */
    @Component(kind = "tests", name = "quarantine", summary = "A record in quarantine, by its reason.")
    public record Reject(
            @Doc("The rule of `expect` that it broke.") @Example("positive-amount") Optional<String> rule,
            @Doc("The code of its reason.") @Example("truncated-payload") Optional<String> code) {}
}

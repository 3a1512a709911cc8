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
        @OwnNames
                @Doc(
                        "The rows of each table, all of them and in order; of a row only the columns that are named. A table that is not named is not looked at.")
                @Example("{sales.orders: [{order_id: 1}]}")
                Map<String, List<Node>> tables,
        @Doc("The records that go to quarantine, all of them and in order; none unless said.")
                @Example("[{rule: positive-amount}]")
                Optional<List<Reject>> quarantine,
        @OwnNames
                @Doc("How many records each table's `where` leaves out; not looked at unless said.")
                @Example("{sales.orders: 1}")
                Map<String, Integer> filtered,
        @OwnNames
                @Doc("How many records each table's rules with `otherwise: drop` leave out; not looked at unless said.")
                @Example("{sales.orders: 1}")
                Map<String, Integer> dropped,
        @OwnNames
                @Doc(
                        "How many records each table with `unique` has not got because one of the test's is the same row; not looked at"
                                + " unless said.")
                @Example("{sales.orders: 1}")
                Map<String, Integer> deduplicated) {

    public ExpectedOptions {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        filtered = Collections.unmodifiableMap(new LinkedHashMap<>(filtered));
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        deduplicated = Collections.unmodifiableMap(new LinkedHashMap<>(deduplicated));
    }

    /** A record in quarantine. */
    @Component(
            kind = "tests",
            name = "quarantine",
            summary = "A record in quarantine, by as much of its reason as is said.")
    public record Reject(
            @Doc("The rule of `expect` that it broke.") @Example("positive-amount") Optional<String> rule,
            @Doc("The code of its reason.") @Example("truncated-payload") Optional<String> code,
            @Doc("The table that it was for.") @Example("sales.orders") Optional<String> table,
            @Doc("A part of the message.") @Example("amount > 0") Optional<String> message) {}
}

package dev.firn.definition.table;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Shorthand;

/** One rule of {@code expect:}. */
@Component(kind = "table", name = "expect", summary = "A condition that every row of a table should meet.")
@Shorthand("that")
public record ExpectOptions(
        @Required @Doc("The condition, as an SQL expression over the table's columns.") @Example("amount > 0")
                String that,
        @Default("quarantine")
                @Doc(
                        "What happens to a row that does not meet it: `quarantine` keeps it aside with the reason, `drop` leaves it out"
                                + " and counts it, `tag` writes it with the rule's name in a column, `fail` ends the job.")
                @Example("tag")
                Otherwise otherwise) {}

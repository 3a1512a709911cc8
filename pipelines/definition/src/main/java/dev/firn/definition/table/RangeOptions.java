package dev.firn.definition.table;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.yaml.Node;
import java.util.Optional;

/** {@code range:} of a rule. */
@Component(kind = "table", name = "range", summary = "The least and the greatest value of a column.")
public record RangeOptions(
        @AlsoKnownAs({"least", "from", "minimum"}) @Doc("The least value, as the column's type has it.") @Example("0")
                Optional<Node.Scalar> min,
        @AlsoKnownAs({"most", "to", "maximum"})
                @Doc("The greatest value, as the column's type has it.")
                @Example("10000")
                Optional<Node.Scalar> max) {

    public RangeOptions {
        if (min.isEmpty() && max.isEmpty()) {
            throw new IllegalArgumentException("`range` needs `min`, `max` or both");
        }
    }
}

package dev.firn.definition.table;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import java.util.Optional;

/** {@code length:} of a rule. */
@Component(kind = "table", name = "length", summary = "How many characters a text has.")
public record LengthOptions(
        @AlsoKnownAs({"least", "from", "minimum"}) @AtLeast("0") @Doc("The fewest characters.") @Example("1")
                Optional<Integer> min,
        @AlsoKnownAs({"most", "to", "maximum"}) @AtLeast("0") @Doc("The most characters.") @Example("200")
                Optional<Integer> max) {

    public LengthOptions {
        if (min.isEmpty() && max.isEmpty()) {
            throw new IllegalArgumentException("`length` needs `min`, `max` or both");
        }
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            throw new IllegalArgumentException(
                    "`min` is greater than `max`, so no text is as long: `" + min.get() + "`, `" + max.get() + "`");
        }
    }
}

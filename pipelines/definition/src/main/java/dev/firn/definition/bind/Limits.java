package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import java.util.Optional;

/** The bounds that an option's annotations set, beyond its type. */
final class Limits {

    private Limits() {}

    static void check(Option option, ScalarType type, String text, Object value) throws Refusal {
        if (option.isRequired() && text.isBlank()) {
            throw Refusal.of(DefinitionCode.INVALID_VALUE, "is empty");
        }
        Optional<String> least = option.atLeast();
        if (least.isPresent() && compare(value, type.parser().parse(least.get())) < 0) {
            throw Refusal.of(DefinitionCode.INVALID_VALUE, "is too small").expecting("at least `" + least.get() + "`");
        }
        Optional<String> most = option.atMost();
        if (most.isPresent() && compare(value, type.parser().parse(most.get())) > 0) {
            throw Refusal.of(DefinitionCode.INVALID_VALUE, "is too great").expecting("at most `" + most.get() + "`");
        }
        Optional<Matching> matching = option.matching();
        if (matching.isPresent() && !text.matches(matching.get().value())) {
            throw Refusal.of(DefinitionCode.INVALID_VALUE, "has the wrong form")
                    .expecting(matching.get().says());
        }
    }

    @SuppressWarnings("unchecked") // Both come from the same scalar type, whose values compare with each other.
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}

package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import java.util.Optional;

/**
 * A text is not the value that an option takes; becomes a diagnostic as soon as option and place are known.
 *
 * <p>The predicate stands behind the option's name: {@code is not a whole number}.
 */
final class Refusal extends Exception {

    private final DefinitionCode code;
    private final String predicate;
    private final Optional<String> expected;
    private final Optional<String> fix;

    private Refusal(DefinitionCode code, String predicate, Optional<String> expected, Optional<String> fix) {
        super(predicate);
        this.code = code;
        this.predicate = predicate;
        this.expected = expected;
        this.fix = fix;
    }

    static Refusal of(DefinitionCode code, String predicate) {
        return new Refusal(code, predicate, Optional.empty(), Optional.empty());
    }

    Refusal expecting(String what) {
        return new Refusal(code, predicate, Optional.of(what), fix);
    }

    Refusal fixedBy(Optional<String> what) {
        return new Refusal(code, predicate, expected, what);
    }

    DefinitionCode code() {
        return code;
    }

    String predicate() {
        return predicate;
    }

    Optional<String> expected() {
        return expected;
    }

    Optional<String> fix() {
        return fix;
    }
}

package dev.firn.quality.expression.function;

import java.util.Optional;
import java.util.OptionalInt;

/** A function does not take the arguments that it is given; says why, for whoever wrote them. */
public final class NotApplicable extends Exception {

    private static final long serialVersionUID = 1;

    private final transient OptionalInt argument;
    private final transient Optional<String> expected;
    private final transient Optional<String> fix;

    private NotApplicable(String message, OptionalInt argument, Optional<String> expected, Optional<String> fix) {
        super(message, null, false, false);
        this.argument = argument;
        this.expected = expected;
        this.fix = fix;
    }

    /** The call as a whole is wrong. */
    static NotApplicable because(String message) {
        return new NotApplicable(message, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** It is this argument, counted from 0. */
    NotApplicable at(int index) {
        return new NotApplicable(sentence(), OptionalInt.of(index), expected, fix);
    }

    NotApplicable expecting(String what) {
        return new NotApplicable(sentence(), argument, Optional.of(what), fix);
    }

    NotApplicable fixedBy(String what) {
        return new NotApplicable(sentence(), argument, expected, Optional.of(what));
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public OptionalInt argument() {
        return argument;
    }

    public Optional<String> expected() {
        return expected;
    }

    public Optional<String> fix() {
        return fix;
    }
}

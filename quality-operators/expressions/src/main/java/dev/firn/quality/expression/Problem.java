package dev.firn.quality.expression;

import java.util.Optional;

/**
 * Why an expression can't be compiled.
 *
 * @param message lower-case start, present tense, the given value in backticks
 * @param expected what would have been right, if it can be said shortly
 * @param fix what to do, in the imperative, if it is known
 */
public record Problem(Place place, String message, Optional<String> expected, Optional<String> fix) {

    static Problem at(Place place, String message) {
        return new Problem(place, message, Optional.empty(), Optional.empty());
    }

    Problem expecting(String what) {
        return new Problem(place, message, Optional.of(what), fix);
    }

    Problem fixedBy(String what) {
        return new Problem(place, message, expected, Optional.of(what));
    }
}

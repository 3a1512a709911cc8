package dev.firn.quality.expression;

import dev.firn.quality.expression.function.EvaluationFailure;
import dev.firn.quality.expression.function.Evaluator;

/** Carries a failure and its place up through the parts around it. */
final class LocatedFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient ExpressionFailed failed;

    private LocatedFailure(ExpressionFailed failed) {
        super(failed.getMessage(), failed, false, false);
        this.failed = failed;
    }

    ExpressionFailed failed() {
        return failed;
    }

    /** The part, with its place for whatever fails in it and has none yet. */
    static Evaluator watched(Evaluator part, Place place) {
        return row -> {
            try {
                return part.of(row);
            } catch (EvaluationFailure failure) {
                throw new LocatedFailure(new ExpressionFailed(place, failure.sentence()));
            }
        };
    }
}

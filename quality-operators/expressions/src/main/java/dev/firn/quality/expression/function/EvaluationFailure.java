package dev.firn.quality.expression.function;

/** A part of an expression has no value for a row: a sum that does not fit, a division by zero, a text that is no number. */
public final class EvaluationFailure extends RuntimeException {

    /** Without a stack trace: it is an answer about data, and may come with every record. */
    public EvaluationFailure(String message) {
        super(message, null, false, false);
    }

    /** What was said, as every failure here says something. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

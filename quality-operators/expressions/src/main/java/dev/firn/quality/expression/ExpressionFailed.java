package dev.firn.quality.expression;

/** An expression has no value for a row, such as for a division by zero. It is the record's fault, not the pipeline's. */
public final class ExpressionFailed extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final int length;

    /** Without a stack trace: it may come with every record. */
    ExpressionFailed(Place place, String message) {
        super(message, null, false, false);
        this.line = place.line();
        this.column = place.column();
        this.length = place.length();
    }

    /** The part of the expression that has no value. */
    public Place place() {
        return new Place(line, column, length);
    }
}

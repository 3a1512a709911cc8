package dev.firn.quality.expression;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** An expression that is true, false or unknown. */
public final class Condition {

    /** SQL's three values of a condition. */
    public enum Truth {
        TRUE,
        FALSE,
        UNKNOWN
    }

    private final Expression expression;

    Condition(Expression expression) {
        this.expression = expression;
    }

    public String text() {
        return expression.text();
    }

    public SortedSet<ColumnPath> reads() {
        return expression.reads();
    }

    /** @throws ExpressionFailed where it has no value for this row */
    public Truth test(@Nullable Object[] row) throws ExpressionFailed {
        Object value = expression.evaluate(row);
        return value == null ? Truth.UNKNOWN : (Boolean) value ? Truth.TRUE : Truth.FALSE;
    }

    /**
     * Whether it is true, as {@code where} asks: unknown is not.
     *
     * @throws ExpressionFailed where it has no value for this row
     */
    public boolean isTrue(@Nullable Object[] row) throws ExpressionFailed {
        Object value = expression.evaluate(row);
        return value != null && (Boolean) value;
    }

    /**
     * Whether it is false, as a constraint of SQL asks: unknown is not.
     *
     * @throws ExpressionFailed where it has no value for this row
     */
    public boolean isFalse(@Nullable Object[] row) throws ExpressionFailed {
        Object value = expression.evaluate(row);
        return value != null && !(Boolean) value;
    }

    @Override
    public String toString() {
        return text();
    }
}

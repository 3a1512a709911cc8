package dev.firn.quality.expression.function;

import org.jspecify.annotations.Nullable;

/** A part of a compiled expression. It keeps nothing between rows, so threads may share it. */
@FunctionalInterface
public interface Evaluator {

    /**
     * @param row values in the order of the columns, as {@link dev.firn.spi.schema.ColumnType} says
     * @return a value of the part's type, or null, which is also SQL's unknown
     * @throws EvaluationFailure where the part has no value for this row
     */
    @Nullable
    Object of(@Nullable Object[] row);
}

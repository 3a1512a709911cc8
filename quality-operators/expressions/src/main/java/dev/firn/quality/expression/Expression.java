package dev.firn.quality.expression;

import dev.firn.quality.expression.function.EvaluationFailure;
import dev.firn.quality.expression.function.Evaluator;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A compiled expression. It holds nothing of the rows that it has seen. */
public final class Expression {

    private final String text;
    private final ColumnType type;
    private final Nullability nullability;
    private final SortedSet<ColumnPath> reads;
    private final Evaluator evaluator;

    Expression(
            String text, ColumnType type, Nullability nullability, SortedSet<ColumnPath> reads, Evaluator evaluator) {
        this.text = text;
        this.type = type;
        this.nullability = nullability;
        this.reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        this.evaluator = evaluator;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    public ColumnType type() {
        return type;
    }

    /** Whether it may be null for some row. */
    public Nullability nullability() {
        return nullability;
    }

    /** The columns that it looks at, and where it looks at a field of one, that field alone. */
    public SortedSet<ColumnPath> reads() {
        return reads;
    }

    /**
     * @param row values in the order of the columns that it was compiled for, as {@link ColumnType} says
     * @return a value of the expression's type, or null
     * @throws ExpressionFailed where it has no value for this row
     */
    public @Nullable Object evaluate(@Nullable Object[] row) throws ExpressionFailed {
        try {
            return evaluator.of(row);
        } catch (LocatedFailure failure) {
            throw failure.failed();
        } catch (EvaluationFailure failure) {
            throw new ExpressionFailed(new Place(1, 1, Math.max(1, firstLine())), failure.sentence());
        } catch (StackOverflowError tooLong) {
            // Java's regular expressions take a frame for each letter of some texts; the record must not end its job
            // again and again.
            throw new ExpressionFailed(
                    new Place(1, 1, Math.max(1, firstLine())), "a text is too long for one of its regular expressions");
        }
    }

    private int firstLine() {
        int end = text.indexOf('\n');
        return end < 0 ? text.length() : end;
    }

    @Override
    public String toString() {
        return text;
    }
}

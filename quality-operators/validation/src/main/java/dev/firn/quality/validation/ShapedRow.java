package dev.firn.quality.validation;

import dev.firn.quality.expression.Expression;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the values of a table's row of what was decoded of a record. */
final class ShapedRow {

    private final int[] from;
    private final Widened[] widened;
    private final List<Computation> computations;

    private ShapedRow(int[] from, Widened[] widened, List<Computation> computations) {
        this.from = from;
        this.widened = widened;
        this.computations = computations;
    }

    /** A value in the type of its column. */
    @FunctionalInterface
    private interface Widened {
        Object of(Object value);
    }

    private record Computation(int place, RowShape.Computed said, Expression expression) {

        @Nullable
        Object value(@Nullable Object[] read) throws Rejected {
            try {
                return expression.evaluate(read);
            } catch (ExpressionFailed failure) {
                throw RecordReads.failed(RecordReads.notComputed(said), String.valueOf(failure.getMessage()));
            }
        }
    }

    /** @throws Rejected if a column can't take what is computed for it */
    static ShapedRow of(ShapedLayout layout, RowShape shape, WriterView table, StructFactory structs) throws Rejected {
        ExpressionCompiler compiler = new ExpressionCompiler(layout.seen(), structs::field);
        List<Column> decoded = layout.decoded().columns().columns();
        List<Column> columns = table.table().columns();
        int[] from = layout.from();
        Widened[] widened = new Widened[from.length];
        List<Computation> computations = new ArrayList<>();
        for (int place = 0; place < from.length; place++) {
            Column column = columns.get(place);
            String name = layout.computed(place).orElse("");
            for (RowShape.Computed said : shape.set()) {
                if (said.column().equals(name)) {
                    String by = RecordReads.notComputed(said);
                    Expression expression = RecordReads.required(compiler.compile(said.expression()), by);
                    requireRoom(by, expression.type(), column);
                    widened[place] = widening(expression.type(), column.type());
                    computations.add(new Computation(place, said, expression));
                }
            }
            if (from[place] != ShapedLayout.NOWHERE) {
                widened[place] = widening(decoded.get(from[place]).type(), column.type());
            }
        }
        return new ShapedRow(from, widened, computations);
    }

    private static void requireRoom(String by, ColumnType computed, Column column) throws Rejected {
        if (!Widening.isLossless(computed, column.type())) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    by + ": it is `" + computed + "`, and the table's column is `" + column.type() + "`");
        }
    }

    private static Widened widening(ColumnType from, ColumnType to) {
        if (from == Primitive.INT && to == Primitive.LONG) {
            return value -> ((Integer) value).longValue();
        }
        if (from == Primitive.INT && to == Primitive.DOUBLE) {
            return value -> ((Integer) value).doubleValue();
        }
        if (from == Primitive.FLOAT && to == Primitive.DOUBLE) {
            return value -> ((Float) value).doubleValue();
        }
        return value -> value;
    }

    /**
     * @param decoded in the order of the layout
     * @param read of them what expressions see
     */
    @Nullable
    Object[] of(@Nullable Object[] decoded, @Nullable Object[] read) throws Rejected {
        @Nullable Object[] row = new Object[from.length];
        for (int place = 0; place < from.length; place++) {
            Object value = from[place] == ShapedLayout.NOWHERE ? null : decoded[from[place]];
            row[place] = value == null ? null : widened[place].of(value);
        }
        for (Computation computation : computations) {
            Object value = computation.value(read);
            row[computation.place()] = value == null ? null : widened[computation.place()].of(value);
        }
        return row;
    }
}

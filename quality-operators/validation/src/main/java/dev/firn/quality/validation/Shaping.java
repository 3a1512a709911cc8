package dev.firn.quality.validation;

import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file makes of records' columns, with what was found out of it by now: most versions of a schema are alike in what it reads. */
final class Shaping {

    private final RowShape shape;
    private final RecordReads reads;
    private final Map<TableSchema, Map<String, ColumnType>> known = new HashMap<>();

    private Shaping(RowShape shape, RecordReads reads) {
        this.shape = shape;
        this.reads = reads;
    }

    static Shaping of(RowRules rules) throws Rejected {
        return new Shaping(rules.shape(), RecordReads.of(rules));
    }

    RowShape shape() {
        return shape;
    }

    RecordReads reads() {
        return reads;
    }

    /**
     * The types of what is computed, by names in {@code set}, in the file's order.
     *
     * @param seen the columns that are read
     */
    Map<String, ColumnType> computed(TableSchema seen) throws Rejected {
        Map<String, ColumnType> types = known.get(seen);
        if (types == null) {
            types = compiled(seen);
            known.put(seen, types);
        }
        return types;
    }

    private Map<String, ColumnType> compiled(TableSchema seen) throws Rejected {
        // Nothing is evaluated here.
        ExpressionCompiler compiler = new ExpressionCompiler(seen, (struct, index) -> null);
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (RowShape.Computed one : shape.set()) {
            String by = RecordReads.notComputed(one);
            ColumnType type =
                    RecordReads.required(compiler.compile(one.expression()), by).type();
            if (!ShapedColumns.canBeComputed(type)) {
                throw RecordReads.failed(by, "it is a struct in records of this version");
            }
            types.put(one.column(), type);
        }
        return types;
    }
}

package dev.firn.quality.validation;

import dev.firn.quality.expression.ColumnPath;
import dev.firn.quality.expression.Compiled;
import dev.firn.quality.expression.Expression;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a record the file looks at, before it becomes a row.
 *
 * @param planned the record's columns as they were planned
 * @param reads of {@code where}, then of each expression of {@code set}
 * @param names of all columns of the record that the file names, whatever for
 */
record RecordReads(TableSchema planned, List<Read> reads, Set<String> names) {

    private static final String WHERE = "`where` can't be asked";

    /** @param by who reads it, for complaints */
    record Read(String by, ColumnPath path) {

        Rejected withoutField() {
            return failed(
                    by,
                    "the record's schema does not have `" + path
                            + "`, and is no older than it; change the expression, then put its records back with"
                            + " `firn replay`");
        }
    }

    static RecordReads of(RowRules rules) throws Rejected {
        RowShape shape = rules.shape();
        // Nothing is evaluated here.
        ExpressionCompiler compiler = new ExpressionCompiler(shape.columns(), (struct, index) -> null);
        List<Read> reads = new ArrayList<>();
        if (rules.where().isPresent()) {
            add(reads, WHERE, compiler.compile(rules.where().get()));
        }
        for (RowShape.Computed one : shape.set()) {
            add(reads, notComputed(one), compiler.compile(one.expression()));
        }
        Set<String> names = new LinkedHashSet<>(shape.drop());
        shape.rename().forEach(one -> names.add(one.from()));
        shape.set().forEach(one -> names.add(one.column()));
        reads.forEach(read -> names.add(read.path().column()));
        return new RecordReads(shape.columns(), reads, names);
    }

    static String notComputed(RowShape.Computed one) {
        return "`" + one.column() + "` can't be computed";
    }

    private static void add(List<Read> reads, String by, Compiled<Expression> compiled) throws Rejected {
        required(compiled, by).reads().forEach(path -> reads.add(new Read(by, path)));
    }

    static Expression required(Compiled<Expression> compiled, String by) throws Rejected {
        if (compiled.value().isEmpty()) {
            throw failed(by, compiled.problems().get(0).message());
        }
        return compiled.value().get();
    }

    static Rejected failed(String by, String why) {
        return new Rejected(RejectCode.EXPRESSION_FAILED, by + ": " + why);
    }

    /** The columns of records that are read, each once. */
    List<String> columns() {
        return reads.stream().map(read -> read.path().column()).distinct().toList();
    }

    /** What is read besides for {@code where}: by expressions whose values are wanted wherever records are not judged. */
    RecordReads withoutWhere() {
        return new RecordReads(
                planned, reads.stream().filter(read -> !read.by().equals(WHERE)).toList(), names);
    }

    /**
     * A column that is read, as expressions see it: with the fields of structs that the version has, and with those that it should have,
     * which then are null.
     *
     * @param written the type of the version's field; empty where it has none
     */
    Column seen(String name, Optional<ColumnType> written) {
        Optional<ColumnType> wanted = planned.column(name).map(Column::type);
        ColumnType type = written.map(
                        own -> wanted.map(then -> withMissing(own, then)).orElse(own))
                .or(() -> wanted)
                .orElseThrow(() -> new IllegalStateException("our bug: nobody has a column `" + name + "`"));
        return Column.optional(name, type);
    }

    private static ColumnType withMissing(ColumnType own, ColumnType wanted) {
        if (!(own instanceof ColumnType.Struct struct) || !(wanted instanceof ColumnType.Struct more)) {
            return own;
        }
        TableSchema there = new TableSchema(struct.columns());
        TableSchema then = new TableSchema(more.columns());
        List<Column> all = new ArrayList<>();
        for (Column field : struct.columns()) {
            ColumnType type = then.column(field.name())
                    .map(other -> withMissing(field.type(), other.type()))
                    .orElse(field.type());
            all.add(new Column(field.name(), type, field.nullability()));
        }
        more.columns().stream()
                .filter(field -> there.column(field.name()).isEmpty())
                .forEach(field -> all.add(Column.optional(field.name(), field.type())));
        return new ColumnType.Struct(all);
    }
}

package dev.firn.quality.expression;

import dev.firn.quality.expression.function.Typed;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * Compiles expressions for rows of one schema, once; what it makes is evaluated for each row. It never throws for a text, whatever that is.
 * Calcite is loaded with the first text.
 */
public final class ExpressionCompiler {

    private final Columns columns;

    /**
     * @param schema of the rows, in the order of their values
     * @param structs how values of structs are read
     */
    public ExpressionCompiler(TableSchema schema, StructFields structs) {
        columns = new Columns(schema, structs);
    }

    /** An expression of any type. */
    public Compiled<Expression> compile(String text) {
        try {
            Syntax.Tree tree = Syntax.parse(text, columns.names());
            Checker checker = new Checker(columns, tree.source());
            Optional<Typed> checked = checker.check(tree.node());
            if (checked.isEmpty() || !checker.problems().isEmpty()) {
                return Compiled.wrong(checker.problems());
            }
            Typed whole = checked.orElseThrow();
            if (whole.type().isEmpty()) {
                return Compiled.wrong(List.of(Problem.at(checker.place(tree.node()), "`null` by itself has no type")
                        .fixedBy("give it one: `cast(null as string)`")));
            }
            return Compiled.of(new Expression(
                    text, whole.type().orElseThrow(), whole.nullability(), checker.reads(), whole.evaluator()));
        } catch (Syntax.Wrong wrong) {
            return Compiled.wrong(List.of(wrong.problem()));
        }
    }

    /** An expression that is true, false or unknown. */
    public Compiled<Condition> condition(String text) {
        Compiled<Expression> compiled = compile(text);
        if (compiled.value().isEmpty()) {
            return Compiled.wrong(compiled.problems());
        }
        Expression expression = compiled.value().orElseThrow();
        if (expression.type() != Primitive.BOOLEAN) {
            int end = text.indexOf('\n');
            Place whole = new Place(1, 1, Math.max(1, end < 0 ? text.length() : end));
            return Compiled.wrong(
                    List.of(Problem.at(whole, "a condition is wanted here, and this is `" + expression.type() + "`")
                            .expecting("something that is true or false, as a comparison is")));
        }
        return Compiled.of(new Condition(expression));
    }
}

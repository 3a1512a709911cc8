package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.table.ExpectOptions;
import dev.firn.definition.table.RangeOptions;
import dev.firn.definition.table.ReadyForm;
import dev.firn.definition.yaml.Node;
import dev.firn.quality.expression.Compiled;
import dev.firn.quality.expression.Condition;
import dev.firn.quality.expression.Expression;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.quality.expression.Problem;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule that is said by a ready form, and where it stands. What is wrong with it is told in the words of the form, at the column or the
 * value that is meant, and not in those of the SQL that it comes to.
 */
record ReadyRule(Bound<TableOptions> said, String name, ExpectOptions rule) {

    private static final Set<ColumnType> ORDERED = Set.of(
            Primitive.INT,
            Primitive.LONG,
            Primitive.FLOAT,
            Primitive.DOUBLE,
            Primitive.DATE,
            Primitive.TIME,
            Primitive.TIMESTAMP,
            Primitive.TIMESTAMPTZ);

    private static final Set<ColumnType> NUMBERS =
            Set.of(Primitive.INT, Primitive.LONG, Primitive.FLOAT, Primitive.DOUBLE);

    /** @return in the order in which they stand in the file */
    List<Diagnostic> complaints(TableSchema table) {
        // What evaluates them never asks for a struct here.
        ExpressionCompiler compiler = new ExpressionCompiler(table, (struct, index) -> null);
        List<Diagnostic> complaints = new ArrayList<>();
        if (rule.notNull().isPresent()) {
            List<String> columns = rule.notNull().get();
            for (int place = 0; place < columns.size(); place++) {
                type(columns.get(place), item(place), compiler, complaints);
            }
        } else {
            type(rule.column().orElseThrow(), span("column"), compiler, complaints)
                    .ifPresent(type -> form(type, compiler, complaints));
        }
        if (complaints.isEmpty()) {
            compiler.condition(rule.condition())
                    .problems()
                    .forEach(problem -> complaints.add(
                            error(span("regex"), "`" + name + "` can't be asked: " + problem.message())));
        }
        return complaints;
    }

    private void form(ColumnType type, ExpressionCompiler compiler, List<Diagnostic> complaints) {
        rule.range().ifPresent(range -> range(range, type, compiler, complaints));
        rule.regex().ifPresent(regex -> text("regex", type, complaints));
        rule.length().ifPresent(length -> text("length", type, complaints));
        rule.oneOf().ifPresent(values -> values.forEach(value -> value("one-of", value, type, compiler, complaints)));
    }

    private void range(RangeOptions range, ColumnType type, ExpressionCompiler compiler, List<Diagnostic> complaints) {
        if (!ORDERED.contains(type) && !(type instanceof ColumnType.Decimal)) {
            complaints.add(unsuited("range", "numbers, dates and times", type));
            return;
        }
        range.min().ifPresent(min -> value("min", min, type, compiler, complaints));
        range.max().ifPresent(max -> value("max", max, type, compiler, complaints));
        if (complaints.isEmpty() && range.min().isPresent() && range.max().isPresent()) {
            String min = bound(range.min().get(), type);
            String max = bound(range.max().get(), type);
            if (isTrue(compiler.condition(min + " > " + max))) {
                complaints.add(error(
                        range.min().get().span(),
                        "`min` is greater than `max`, so no `" + rule.column().orElseThrow() + "` is within: `"
                                + range.min().get().text() + "`, `"
                                + range.max().get().text() + "`"));
            }
        }
    }

    /** A bound by itself: beside a column, a text is read as what the column is. */
    private static String bound(Node.Scalar value, ColumnType type) {
        String literal = ReadyForm.literal(value);
        return isNumber(type) ? literal : "cast(" + literal + " as " + type + ")";
    }

    private static boolean isTrue(Compiled<Condition> constant) {
        try {
            return constant.value().isPresent() && constant.value().get().isTrue(new Object[0]);
        } catch (ExpressionFailed failed) {
            return false;
        }
    }

    private void text(String form, ColumnType type, List<Diagnostic> complaints) {
        if (type != Primitive.STRING) {
            complaints.add(unsuited(form, "texts", type));
        }
    }

    private Diagnostic unsuited(String form, String with, ColumnType type) {
        return error(
                        span("column"),
                        "`" + form + "` goes with " + with + ", and `"
                                + rule.column().orElseThrow() + "` is `" + type + "`")
                .fixedBy("write a condition, `that: ...`");
    }

    private void value(
            String option,
            Node.Scalar value,
            ColumnType type,
            ExpressionCompiler compiler,
            List<Diagnostic> complaints) {
        String column = rule.column().orElseThrow();
        if (type == Primitive.FLOAT && ReadyForm.isNumber(value)) {
            BigDecimal nearest = new BigDecimal((double) Float.parseFloat(value.text()));
            if (nearest.doubleValue() != Double.parseDouble(value.text())) {
                complaints.add(error(
                                value.span(),
                                "`" + option + "` has `" + value.text() + "`, which no `float` is, and `" + column
                                        + "` is one: its nearest is greater or less")
                        .fixedBy("write `" + nearest.doubleValue() + "`, which is the nearest"));
                return;
            }
        }
        boolean isTextForNumber = isNumber(type) && !ReadyForm.isNumber(value);
        boolean fits = !isTextForNumber
                && compiler.condition(new ReadyForm(column).oneOf(List.of(value)))
                        .problems()
                        .isEmpty();
        if (fits) {
            return;
        }
        Diagnostic complaint = error(
                        value.span(),
                        "`" + option + "` has `" + value.text() + "`, and `" + column + "` is `" + type + "`")
                .expecting("a value of that type");
        if (type == Primitive.STRING) {
            complaint = complaint.fixedBy("write it in quotes: `\"" + value.text() + "\"`");
        } else if (isTextForNumber && ReadyForm.isNumber(new Node.Scalar(value.text(), false, value.span()))) {
            complaint = complaint.fixedBy("write it without quotes: `" + value.text() + "`");
        }
        complaints.add(complaint);
    }

    private static boolean isNumber(ColumnType type) {
        return NUMBERS.contains(type) || type instanceof ColumnType.Decimal;
    }

    private static Optional<ColumnType> type(
            String column, SourceSpan span, ExpressionCompiler compiler, List<Diagnostic> complaints) {
        Compiled<Expression> compiled = compiler.compile(new ReadyForm(column).sql());
        for (Problem problem : compiled.problems()) {
            Diagnostic complaint = error(span, problem.message());
            complaint = problem.expected().map(complaint::expecting).orElse(complaint);
            complaints.add(problem.fix().map(complaint::fixedBy).orElse(complaint));
        }
        return compiled.value().map(Expression::type);
    }

    private SourceSpan span(String option) {
        return said.spanOf("expect", name, option);
    }

    private SourceSpan item(int place) {
        return said.itemOf(place, "expect", name, "not-null");
    }

    private static Diagnostic error(SourceSpan span, String message) {
        return Diagnostic.error(PlanCode.INVALID_RULE, span, message);
    }
}

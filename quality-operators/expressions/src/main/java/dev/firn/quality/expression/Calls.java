package dev.firn.quality.expression;

import dev.firn.quality.expression.function.Function;
import dev.firn.quality.expression.function.Functions;
import dev.firn.quality.expression.function.Typed;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Operators and functions: which of ours each form of the grammar means, and with what arguments. */
final class Calls {

    private final Checker checker;

    Calls(Checker checker) {
        this.checker = checker;
    }

    Optional<Typed> check(SqlCall call) throws Syntax.Wrong {
        if (call.isA(SqlKind.QUERY)
                || call.getKind() == SqlKind.EXISTS
                || call.getOperandList().stream().anyMatch(part -> part != null && part.isA(SqlKind.QUERY))) {
            return checker.wrong(Unknowns.query(place(call)));
        }
        return switch (call.getKind()) {
            case OVER -> checker.wrong(Unknowns.window("`over`", place(call)));
            case CASE -> cases((SqlCase) call);
            case CAST, SAFE_CAST -> cast(call);
            case DOT -> field(call);
            case ITEM -> named("[]", call, call.getOperandList());
            case BETWEEN -> between(call);
            case IN, NOT_IN -> in(call);
            case PLUS, MINUS -> Intervals.isIn(call) ? Intervals.check(checker, call) : operator(call);
            case MINUS_PREFIX -> apply(Functions.negation(), call, call.getOperandList());
            case PLUS_PREFIX -> checker.check(call.operand(0));
            case TRIM -> trim(call);
            case RLIKE -> rlike(call);
            case SOME, ALL -> checker.wrong(
                    Unknowns.construct("`" + call.getOperator().getName().toLowerCase(Locale.ROOT) + "`", place(call)));
            case ROW -> checker.wrong(Unknowns.construct("a list of values in parentheses", place(call))
                    .expecting("`a in (b, c)`, or a single value"));
            case ARRAY_VALUE_CONSTRUCTOR, MAP_VALUE_CONSTRUCTOR, MULTISET_VALUE_CONSTRUCTOR -> checker.wrong(
                    Unknowns.construct("a list or a map that is written out", place(call)));
            default -> call.getOperator() instanceof SqlFunction function ? function(function, call) : operator(call);
        };
    }

    private Optional<Typed> operator(SqlCall call) {
        return named(call.getOperator().getName().toLowerCase(Locale.ROOT), call, call.getOperandList());
    }

    private Optional<Typed> function(SqlFunction function, SqlCall call) {
        Place place = place(call);
        String name = function.getName();
        SqlIdentifier written = function instanceof SqlUnresolvedFunction ? function.getSqlIdentifier() : null;
        if (written != null) {
            name = String.join(".", written.names);
            place = checker.place(written);
        }
        Optional<Function> known = Functions.named(name);
        if (known.isEmpty()) {
            return checker.wrong(Unknowns.function(name, place));
        }
        if (call.getFunctionQuantifier() != null) {
            return checker.wrong(Unknowns.construct(
                    "`" + call.getFunctionQuantifier().toString().toLowerCase(Locale.ROOT) + "` in a call",
                    place(call)));
        }
        return apply(known.orElseThrow(), call, call.getOperandList());
    }

    private Optional<Typed> named(String name, SqlCall call, List<SqlNode> operands) {
        Optional<Function> known = Functions.named(name);
        return known.isEmpty()
                ? checker.wrong(Unknowns.construct("`" + name + "`", place(call)))
                : apply(known.orElseThrow(), call, operands);
    }

    private Optional<Typed> apply(Function function, SqlCall call, List<SqlNode> operands) {
        List<Typed> arguments = checked(operands);
        return arguments.size() < operands.size()
                ? Optional.empty()
                : checker.apply(function, arguments, operands, place(call));
    }

    /** All are checked, also behind a wrong one. */
    private List<Typed> checked(List<SqlNode> operands) {
        List<Typed> arguments = new ArrayList<>();
        operands.forEach(operand -> checker.check(operand).ifPresent(arguments::add));
        return arguments;
    }

    private Optional<Typed> cases(SqlCase call) {
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < call.getWhenOperands().size(); i++) {
            operands.add(call.getWhenOperands().get(i));
            operands.add(call.getThenOperands().get(i));
        }
        operands.add(
                call.getElseOperand() == null
                        ? SqlLiteral.createNull(call.getParserPosition())
                        : call.getElseOperand());
        return named("case", call, operands);
    }

    private Optional<Typed> cast(SqlCall call) throws Syntax.Wrong {
        String name = call.getKind() == SqlKind.CAST ? "cast" : "try_cast";
        Optional<Typed> value = checker.check(call.operand(0));
        if (!(call.operand(1) instanceof SqlDataTypeSpec spec)) {
            return checker.wrong(Unknowns.construct("a cast to this", place(call)));
        }
        TypeNames.Named type = TypeNames.of(spec, place(spec));
        if (value.isEmpty()) {
            return value;
        }
        List<Typed> arguments = new ArrayList<>(List.of(value.orElseThrow(), Typed.constant(type.type(), null)));
        type.length().ifPresent(length -> arguments.add(Typed.constant(Primitive.INT, length)));
        return checker.apply(Functions.named(name).orElseThrow(), arguments, List.of(call.operand(0)), place(call));
    }

    private Optional<Typed> field(SqlCall call) {
        Optional<Typed> struct = checker.check(call.operand(0));
        return struct.isPresent() && call.operand(1) instanceof SqlIdentifier name
                ? checker.field(
                        struct.orElseThrow(), checker.text(call.operand(0)), name.getSimple(), name.getParserPosition())
                : Optional.empty();
    }

    private Optional<Typed> between(SqlCall call) {
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            return checker.wrong(Unknowns.construct("`between symmetric`", place(call)));
        }
        return named(operator.isNegated() ? "not between" : "between", call, call.getOperandList());
    }

    private Optional<Typed> in(SqlCall call) {
        List<SqlNode> operands = new ArrayList<>(List.of(call.operand(0)));
        if (call.operand(1) instanceof SqlNodeList list) {
            operands.addAll(list.getList());
        } else {
            operands.add(call.operand(1));
        }
        return named(call.getKind() == SqlKind.IN ? "in" : "not in", call, operands);
    }

    private Optional<Typed> trim(SqlCall call) {
        SqlTrimFunction.Flag flag = ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
        String name =
                switch (flag) {
                    case BOTH -> "trim";
                    case LEADING -> "ltrim";
                    case TRAILING -> "rtrim";
                };
        return named(name, call, List.of(call.operand(2), call.operand(1)));
    }

    private Optional<Typed> rlike(SqlCall call) {
        Optional<Typed> matches = named("regexp", call, call.getOperandList());
        boolean negated = call.getOperator().getName().startsWith("NOT");
        return matches.isPresent() && negated
                ? checker.apply(
                        Functions.named("not").orElseThrow(), List.of(matches.orElseThrow()), List.of(), place(call))
                : matches;
    }

    private Place place(SqlNode node) {
        return checker.place(node);
    }
}

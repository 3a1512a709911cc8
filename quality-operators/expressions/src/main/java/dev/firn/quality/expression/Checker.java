package dev.firn.quality.expression;

import dev.firn.quality.expression.function.EvaluationFailure;
import dev.firn.quality.expression.function.Evaluator;
import dev.firn.quality.expression.function.Function;
import dev.firn.quality.expression.function.NotApplicable;
import dev.firn.quality.expression.function.Typed;
import dev.firn.spi.schema.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Gives each part of a tree its type and its code, from the leaves up. A wrong part is reported and then left alone, so that what is around
 * it is not blamed, and all that is wrong is told at once.
 */
final class Checker {

    private final Columns columns;
    private final Source source;
    private final List<Problem> problems = new ArrayList<>();
    private final SortedSet<ColumnPath> reads = new TreeSet<>();

    Checker(Columns columns, Source source) {
        this.columns = columns;
        this.source = source;
    }

    List<Problem> problems() {
        return problems;
    }

    SortedSet<ColumnPath> reads() {
        return reads;
    }

    /** Empty where something was reported. */
    Optional<Typed> check(SqlNode node) {
        try {
            if (node instanceof SqlLiteral literal) {
                return Optional.of(Literals.of(literal, place(node)));
            }
            if (node instanceof SqlIdentifier identifier) {
                return identifier(identifier);
            }
            if (node instanceof SqlIntervalQualifier unit) {
                return Optional.of(Typed.constant(ColumnType.Primitive.STRING, unit.toString()));
            }
            return node instanceof SqlCall call
                    ? new Calls(this).check(call)
                    : wrong(Unknowns.construct("this", place(node)));
        } catch (Syntax.Wrong wrong) {
            return wrong(wrong.problem());
        }
    }

    private Optional<Typed> identifier(SqlIdentifier identifier) {
        if (identifier.isStar()) {
            return wrong(Unknowns.construct("`*`", place(identifier)));
        }
        String name = identifier.names.get(0);
        Place first = place(identifier.getComponentParserPosition(0));
        Optional<Typed> value = columns.column(name);
        if (value.isEmpty()) {
            return wrong(Unknowns.column(name, columns.names(), first));
        }
        List<String> path = new ArrayList<>(List.of(name));
        for (int i = 1; i < identifier.names.size() && value.isPresent(); i++) {
            String field = identifier.names.get(i);
            value = field(value.orElseThrow(), String.join(".", path), field, identifier.getComponentParserPosition(i));
            path.add(field);
        }
        value.ifPresent(found -> reads.add(new ColumnPath(path)));
        return value;
    }

    /** @param of the struct as it was written */
    Optional<Typed> field(Typed struct, String of, String name, SqlParserPos position) {
        if (struct.type().isEmpty() || !(struct.type().orElseThrow() instanceof ColumnType.Struct type)) {
            return wrong(Problem.at(place(position), "`" + of + "` is `" + struct.word() + "` and has no fields"));
        }
        Optional<Typed> found = columns.field(struct, type, name);
        return found.isPresent()
                ? found
                : wrong(Unknowns.field(name, of, Columns.namesOf(type.columns()), place(position)));
    }

    /** @param nodes where each argument stands, for complaints about one; may be shorter than the arguments */
    Optional<Typed> apply(Function function, List<Typed> arguments, List<SqlNode> nodes, Place place) {
        try {
            Typed made = function.resolve(arguments);
            if (arguments.stream().allMatch(Typed::constant) && made.type().isPresent()) {
                return Optional.of(Typed.constant(made.type().orElseThrow(), made.value()));
            }
            Evaluator evaluator = function.total() ? made.evaluator() : LocatedFailure.watched(made.evaluator(), place);
            return Optional.of(new Typed(made.type(), made.nullability(), evaluator, false));
        } catch (NotApplicable complaint) {
            int index = complaint.argument().orElse(-1);
            Place at = index >= 0 && index < nodes.size() ? place(nodes.get(index)) : place;
            return wrong(new Problem(at, complaint.sentence(), complaint.expected(), complaint.fix()));
        } catch (EvaluationFailure failure) {
            return wrong(Problem.at(place, "this has no value for any row: " + failure.sentence()));
        }
    }

    Optional<Typed> wrong(Problem problem) {
        problems.add(problem);
        return Optional.empty();
    }

    Place place(SqlNode node) {
        return place(node.getParserPosition());
    }

    Place place(SqlParserPos position) {
        return source.place(position);
    }

    String text(SqlNode node) {
        return source.text(node.getParserPosition());
    }
}

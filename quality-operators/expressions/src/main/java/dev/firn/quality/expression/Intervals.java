package dev.firn.quality.expression;

import dev.firn.quality.expression.function.Function;
import dev.firn.quality.expression.function.Functions;
import dev.firn.quality.expression.function.Typed;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** A date or a timestamp, and an interval that is added to it or taken from it. */
final class Intervals {

    private Intervals() {}

    static boolean isIn(SqlCall call) {
        boolean behind = call.operand(1) instanceof SqlIntervalLiteral;
        return behind || (call.getKind() == SqlKind.PLUS && call.operand(0) instanceof SqlIntervalLiteral);
    }

    static Optional<Typed> check(Checker checker, SqlCall call) throws Syntax.Wrong {
        boolean behind = call.operand(1) instanceof SqlIntervalLiteral;
        SqlNode time = call.operand(behind ? 0 : 1);
        SqlIntervalLiteral interval = call.operand(behind ? 1 : 0);
        Optional<Typed> start = checker.check(time);
        long sign = call.getKind() == SqlKind.PLUS ? 1 : -1;
        long[] size = size(interval, checker.place(interval));
        if (start.isEmpty()) {
            return start;
        }
        String name = sign > 0 ? "+" : "-";
        Function shift = Functions.shift(name, sign * size[0], sign * size[1]);
        return checker.apply(shift, List.of(start.orElseThrow()), List.of(time), checker.place(call));
    }

    /** In months and microseconds, of which one is 0. */
    private static long[] size(SqlIntervalLiteral literal, Place place) throws Syntax.Wrong {
        IntervalValue value = literal.getValueAs(IntervalValue.class);
        int point = value.getIntervalLiteral().indexOf('.');
        if (point >= 0 && value.getIntervalLiteral().length() - point > 4) {
            throw new Syntax.Wrong(Problem.at(place, "an interval has milliseconds at the finest"));
        }
        try {
            return value.getIntervalQualifier().isYearMonth()
                    ? new long[] {SqlParserUtil.intervalToMonths(value), 0}
                    : new long[] {0, Math.multiplyExact(SqlParserUtil.intervalToMillis(value), 1_000L)};
        } catch (RuntimeException e) {
            // Calcite's own ways to say so are many.
            throw new Syntax.Wrong(
                    Problem.at(place, "`'" + value.getIntervalLiteral() + "'` is no interval of this kind"));
        }
    }
}

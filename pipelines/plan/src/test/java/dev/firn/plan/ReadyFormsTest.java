package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Plans;
import dev.firn.quality.expression.Condition;
import dev.firn.quality.expression.ExpressionCompiler;
import dev.firn.quality.expression.ExpressionFailed;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the ready forms of {@code expect} mean, asked of values: true, false or unknown. */
class ReadyFormsTest {

    @Test
    void aTextMatchesARegularExpressionAsAWholeOrNotAtAll() {
        assertThat(answers("{column: t, regex: 'a|bc'}", Primitive.STRING, "a", "bc", "abc", "bc\n", "", null))
                .containsExactly("TRUE", "TRUE", "FALSE", "FALSE", "FALSE", "UNKNOWN");
        assertThat(answers("{column: t, regex: \"it's \\\\w+\"}", Primitive.STRING, "it's me", "its me"))
                .containsExactly("TRUE", "FALSE");
    }

    @Test
    void aValueIsOneOfThoseThatAreWritten() {
        assertThat(answers(
                        "{column: t, one-of: [it's, '7', 'null', 'true', \"\", Zürich]}",
                        Primitive.STRING,
                        "it's",
                        "7",
                        "null",
                        "true",
                        "",
                        "Zürich",
                        "its",
                        null))
                .containsExactly("TRUE", "TRUE", "TRUE", "TRUE", "TRUE", "TRUE", "FALSE", "UNKNOWN");
        assertThat(answers("{column: t, one-of: [7, -010, 2.0]}", Primitive.INT, 7, -10, 2, 10, null))
                .containsExactly("TRUE", "TRUE", "TRUE", "FALSE", "UNKNOWN");
        assertThat(answers(
                        "{column: t, one-of: 2026-01-31}",
                        Primitive.DATE,
                        LocalDate.of(2026, 1, 31),
                        LocalDate.of(2026, 2, 1)))
                .containsExactly("TRUE", "FALSE");
    }

    @Test
    void bothBoundsOfARangeAreWithinIt() {
        assertThat(answers(
                        "{column: t, range: {min: 0.1, max: +1e1}}",
                        new ColumnType.Decimal(4, 2),
                        new BigDecimal("0.10"),
                        new BigDecimal("10.00"),
                        new BigDecimal("0.09"),
                        new BigDecimal("10.01"),
                        null))
                .containsExactly("TRUE", "TRUE", "FALSE", "FALSE", "UNKNOWN");
        assertThat(answers(
                        "{column: t, range: {max: 2026-01-31}}",
                        Primitive.DATE,
                        LocalDate.of(2026, 1, 31),
                        LocalDate.of(2026, 2, 1)))
                .containsExactly("TRUE", "FALSE");
    }

    /** As a double it would be the number beside it. */
    @Test
    void anExponentIsAsExactAsAllDigits() {
        assertThat(answers(
                        "{column: t, range: {max: 1e16}}",
                        Primitive.LONG,
                        10_000_000_000_000_000L,
                        10_000_000_000_000_001L))
                .containsExactly("TRUE", "FALSE");
        assertThat(answers("{column: t, one-of: [1e300, 1e-300]}", Primitive.DOUBLE, 1e300, 1e-300, 1.0))
                .containsExactly("TRUE", "TRUE", "FALSE");
    }

    /** It is compared as a double, and 0.1 as a float is greater than that. */
    @Test
    void aBoundThatIsNoFloatIsSaidAndItsNearestIsWithin() {
        TableSchema rates = new TableSchema(List.of(Column.required("rate", Primitive.FLOAT)));
        FakeContext context = new FakeContext(Map.of("orders", rates), Map.of());

        assertThat(rule(context, "0.1")).singleElement().satisfies(complaint -> assertThat(complaint.fix())
                .contains("write `0.10000000149011612`, which is the nearest"));
        assertThat(rule(context, "0.10000000149011612")).isEmpty();
        assertThat(rule(context, "0.25")).isEmpty();
        assertThat(answers("{column: t, range: {max: 0.10000000149011612}}", Primitive.FLOAT, 0.1f, 0.11f))
                .containsExactly("TRUE", "FALSE");
    }

    private static List<Diagnostic> rule(FakeContext context, String max) {
        return Planner.plan(
                        Plans.definition(
                                """
                                source: {type: kafka, topics: [orders], format: {registry: {url: 'http://registry'}}}
                                tables:
                                  - table: "*"
                                    expect: {low: {column: rate, range: {max: %s}}}
                                """
                                        .formatted(max)),
                        Plans.CONNECTORS,
                        context)
                .diagnostics();
    }

    @Test
    void aLengthCountsCharacters() {
        assertThat(answers("{column: t, length: {min: 1, max: 2}}", Primitive.STRING, "", "a", "😀😀", "abc", null))
                .containsExactly("FALSE", "TRUE", "TRUE", "FALSE", "UNKNOWN");
    }

    @Test
    void nullIsFalseForNotNullAlone() {
        assertThat(answers("{not-null: t}", Primitive.STRING, "", null)).containsExactly("TRUE", "FALSE");
        assertThat(answers("{not-null: [id, t]}", Primitive.STRING, "", null)).containsExactly("TRUE", "FALSE");
    }

    @Test
    void aColumnMayBeAWordOfSqlOrAFieldOfAStruct() {
        RuleSettings rules = rules("{column: select.value, one-of: [x]}");
        assertThat(rules.expect().get(0).that()).isEqualTo("\"select\".\"value\" in ('x')");
        TableSchema table = new TableSchema(List.of(
                Column.optional("select", new ColumnType.Struct(List.of(Column.optional("value", Primitive.STRING))))));
        assertThat(new ExpressionCompiler(table, (struct, index) -> null)
                        .condition(rules.expect().get(0).that())
                        .problems())
                .isEmpty();
    }

    private static List<String> answers(String rule, ColumnType type, @Nullable Object... values) {
        TableSchema table = new TableSchema(List.of(Column.required("id", Primitive.INT), Column.optional("t", type)));
        Condition condition = new ExpressionCompiler(table, (struct, index) -> null)
                .condition(rules(rule).expect().get(0).that())
                .value()
                .orElseThrow();
        return Arrays.stream(values).map(value -> answer(condition, value)).toList();
    }

    private static String answer(Condition condition, @Nullable Object value) {
        try {
            return condition.test(new Object[] {1, value}).name();
        } catch (ExpressionFailed failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static RuleSettings rules(String rule) {
        return RuleSettings.of(Plans.definition("tables: [{table: '*', expect: {rule: " + rule + "}}]")
                .tables()
                .get(0));
    }
}

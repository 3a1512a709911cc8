package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.firn.quality.expression.Condition.Truth;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionCompilerTest {

    /** Columns as events have them, named by words that the grammar keeps for itself. */
    private static final ExpressionCompiler EVENTS = new ExpressionCompiler(
            new TableSchema(List.of(
                    Column.required("value", Primitive.INT),
                    Column.optional("timestamp", Primitive.TIMESTAMP),
                    Column.optional("user", Primitive.STRING),
                    Column.optional("order", Primitive.INT),
                    Column.optional("an id", Primitive.UUID),
                    Column.optional("Value", Primitive.INT),
                    Column.optional("end", Primitive.INT))),
            (struct, index) -> null);

    private static Object[] event() {
        return new Object[] {5, null, "ann", 2, UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), 6, 9};
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "value > 4",
                "4 < value and user = 'ann'",
                "upper(user) = 'ANN'",
                "value + order = 7",
                "timestamp is null",
                "timestamp > '2026-01-01' is unknown",
                "`value` = 5 and \"order\" = 2",
                "\"an id\" = '00112233-4455-6677-8899-aabbccddeeff'",
                "\"Value\" = 6",
                "case when `end` > 8 then true end",
                "value IS NOT NULL"
            })
    void knowsColumnsThatAreNamedByWordsOfSql(String text) throws ExpressionFailed {
        Compiled<Condition> compiled = EVENTS.condition(text);

        assertThat(compiled.problems()).isEmpty();
        assertThat(compiled.value().orElseThrow().test(event())).isEqualTo(Truth.TRUE);
    }

    @Test
    void saysWhichColumnsAndFieldsItReads() {
        Expression expression = SampleRows.COMPILER
                .compile("st.b.c || coalesce(s, kv['k']) || cast(xs[i] as string)")
                .value()
                .orElseThrow();

        assertThat(expression.reads()).map(ColumnPath::toString).containsExactly("i", "kv", "s", "st.b.c", "xs");
        assertThat(expression.reads()).map(ColumnPath::column).contains("st");
    }

    @Test
    void knowsWhatMayBeNull() {
        assertThat(nullability("value + 1")).isEqualTo(Nullability.REQUIRED);
        assertThat(nullability("value + order")).isEqualTo(Nullability.OPTIONAL);
        assertThat(nullability("coalesce(order, value)")).isEqualTo(Nullability.REQUIRED);
        assertThat(nullability("try_cast(value as string)")).isEqualTo(Nullability.OPTIONAL);
        assertThat(nullability("order is null")).isEqualTo(Nullability.REQUIRED);
        assertThat(nullability("case when value > 1 then 'x' end")).isEqualTo(Nullability.OPTIONAL);
    }

    private static Nullability nullability(String text) {
        return EVENTS.compile(text).value().orElseThrow().nullability();
    }

    @Test
    void failsAtThePartThatHasNoValue() {
        Expression expression = SampleRows.COMPILER
                .compile("s = 'snow'\n  and i * 2000000000 > 0")
                .value()
                .orElseThrow();

        assertThatThrownBy(() -> expression.evaluate(SampleRows.all().get(0)))
                .asInstanceOf(type(ExpressionFailed.class))
                .satisfies(failed -> assertThat(failed.place()).isEqualTo(new Place(2, 7, 14)))
                .satisfies(failed -> assertThat(failed).hasMessage("`7 * 2000000000` does not fit into an int"));
    }

    @Test
    void failsAsAWholeWhereNoPartIsWatched() {
        Expression expression = SampleRows.COMPILER
                .compile("case when i = 7 then cast(n as decimal(38, 30)) else m end")
                .value()
                .orElseThrow();

        assertThatThrownBy(() -> expression.evaluate(SampleRows.all().get(4)))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessageContaining("has more digits than decimal(38, 30)");
    }

    @Test
    void failsForAPatternOfTheRowThatIsNone() {
        Expression expression =
                SampleRows.COMPILER.compile("regexp(s, t || '[')").value().orElseThrow();

        assertThatThrownBy(() -> expression.evaluate(SampleRows.all().get(0)))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessage("`'fall['` is no regular expression: unclosed character class");
    }

    @Test
    void doesNotLookAtTheRightSideWhereTheLeftDecides() throws ExpressionFailed {
        Condition guarded =
                SampleRows.COMPILER.condition("j <> 0 and i / j > 1").value().orElseThrow();

        assertThat(guarded.test(SampleRows.all().get(0))).isEqualTo(Truth.TRUE);
        assertThat(guarded.test(SampleRows.all().get(2))).isEqualTo(Truth.FALSE);
        assertThat(guarded.test(SampleRows.all().get(3))).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(SampleRows.COMPILER.compile("i".repeat(20_001)).problems())
                .extracting(Problem::message)
                .containsExactly("the expression has more than 20000 characters");
    }
}

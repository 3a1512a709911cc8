package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some pairs of pattern and text take longer than the universe has been there; a job has to say so instead. */
class EndlessPatternsTest {

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(
            new TableSchema(
                    List.of(Column.required("s", Primitive.STRING), Column.required("pattern", Primitive.STRING))),
            (struct, index) -> null);

    private static @Nullable Object answer(String expression, String s, String pattern) throws ExpressionFailed {
        return COMPILER.compile(expression).value().orElseThrow().evaluate(new Object[] {s, pattern});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regexp(s, '.*.*.*.*.*.*.*.*.*b')",
                "regexp_replace(s, '.*.*.*.*.*.*.*.*.*b', '') = 'a'",
                "s like 'a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
            })
    void aPatternThatFindsNoEndIsTold(String expression) {
        assertThatThrownBy(() -> answer(expression, "a".repeat(50), ".*.*.*.*.*.*.*.*.*b"))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessageContaining(
                        "a regular expression goes back and forth in a text of 50 characters, and has not ended after 100000000 steps");
    }

    /** It goes back from the end for each place that it could begin at. */
    @Test
    void whatIsMerelySlowHasItsAnswer() throws ExpressionFailed {
        assertThat(answer("regexp(s, '.*error')", "a".repeat(5_000), "")).isEqualTo(false);
    }

    @Test
    void aLongTextIsReadAsOftenAsAShortOne() throws ExpressionFailed {
        String megabytes = "ab".repeat(4 << 20);

        assertThat(answer("regexp(s, '(a|b)c')", megabytes, "")).isEqualTo(false);
        assertThat(answer("regexp_replace(s, 'a', '') = pattern", megabytes, "b".repeat(4 << 20)))
                .isEqualTo(true);
    }
}

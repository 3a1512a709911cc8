package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quality.expression.function.Functions;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever the text, it is compiled or there are problems with places in it; and whatever the row, there is a value or a failure. */
class AnyTextTest {

    @Provide
    Arbitrary<String> soup() {
        List<String> words = new ArrayList<>(List.of(
                "i",
                "l",
                "n",
                "d",
                "s",
                "ts",
                "day1",
                "xs",
                "kv",
                "st",
                "st.b.c",
                "p",
                "raw1",
                "(",
                ")",
                "(",
                ")",
                ",",
                ",",
                "+",
                "-",
                "*",
                "/",
                "%",
                "=",
                "<",
                ">=",
                "<>",
                "and",
                "or",
                "not",
                "is",
                "null",
                "in",
                "between",
                "like",
                "escape",
                "case",
                "when",
                "then",
                "else",
                "end",
                "cast",
                "as",
                "int",
                "decimal(3, 1)",
                "'a'",
                "'2026-01-01'",
                "1",
                "0",
                "2.5",
                "1e400",
                "[",
                "]",
                "extract",
                "year",
                "from",
                "floor",
                "to",
                "day",
                "interval",
                "timestamp",
                "date",
                "trim",
                "both",
                "position",
                "`i`",
                "\"i\"",
                "`",
                "\"",
                "'",
                "--",
                "/*",
                ".",
                "?",
                "select",
                "over",
                "array",
                "row",
                "next value for",
                "\u00e9",
                "\ud83d\ude00",
                "\n",
                ";",
                "::"));
        words.addAll(Functions.callable());
        return Arbitraries.of(words).list().ofMinSize(1).ofMaxSize(12).map(list -> String.join(" ", list));
    }

    @Provide
    Arbitrary<String> calls() {
        Arbitrary<String> argument = Arbitraries.of(
                "i",
                "l",
                "n",
                "d",
                "f",
                "s",
                "t",
                "ts",
                "tz",
                "day1",
                "clock",
                "xs",
                "kv",
                "p",
                "raw1",
                "null",
                "1",
                "-1",
                "0",
                "2.5",
                "'a'",
                "''",
                "2147483647",
                "'%'");
        return Arbitraries.of(List.copyOf(Functions.callable()))
                .flatMap(name -> argument.list().ofMaxSize(4).map(list -> name + "(" + String.join(", ", list) + ")"));
    }

    @Property(tries = 400)
    void neverThrows(@ForAll("soup") String text) {
        requireValueOrProblems(text);
    }

    @Property(tries = 1500)
    void answersOrFailsForEachRow(@ForAll("calls") String text) {
        requireValueOrProblems(text);
    }

    @Property(tries = 300)
    void neverThrowsForAnyCharacters(@ForAll String text) {
        requireValueOrProblems(text);
    }

    private static void requireValueOrProblems(String text) {
        Compiled<Expression> compiled = SampleRows.COMPILER.compile(text);

        assertThat(compiled.value().isPresent()).isEqualTo(compiled.problems().isEmpty());
        List<String> lines = text.lines().toList();
        for (Problem problem : compiled.problems()) {
            assertThat(problem.place().line()).isBetween(1, Math.max(1, lines.size() + 1));
            assertThat(problem.message()).doesNotContainIgnoringCase("calcite").doesNotContain("Exception");
        }
        compiled.value().ifPresent(expression -> {
            for (@Nullable Object[] row : SampleRows.all()) {
                try {
                    expression.evaluate(row);
                } catch (ExpressionFailed failed) {
                    assertThat(failed.getMessage()).isNotBlank();
                }
            }
        });
    }
}

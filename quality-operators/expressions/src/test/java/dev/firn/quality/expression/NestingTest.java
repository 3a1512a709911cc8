package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NestingTest {

    /** Each with how deep the deepest is that it takes. */
    private static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("(", "i", ")", 200),
                Arguments.of("abs(", "i", ")", 199),
                Arguments.of("- ", "i", "", 199),
                Arguments.of("not ", "true", "", 199),
                Arguments.of("i + ", "i", "", 199),
                Arguments.of("true or ", "true", "", 199),
                Arguments.of("(i - ", "i", ")", 199),
                Arguments.of("case when true then ", "i", " end", 199),
                Arguments.of("case when true then 1 else (", "i", ") end", 100));
    }

    /** As much stack as threads have unless said; what the JVM has not compiled yet takes more. */
    private static Compiled<Expression> compiled(String text) throws InterruptedException {
        List<Compiled<Expression>> compiled = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        Thread usual =
                new Thread(null, () -> compiled.add(SampleRows.COMPILER.compile(text)), "of usual size", 1 << 20);
        usual.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        usual.start();
        usual.join();
        assertThat(thrown).isEmpty();
        return compiled.get(0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void takesWhatIsDeepAndRefusesWhatIsDeeper(String open, String inner, String close, int deepest)
            throws InterruptedException {
        assertThat(compiled(open.repeat(deepest) + inner + close.repeat(deepest))
                        .problems())
                .isEmpty();
        assertThat(compiled(open.repeat(deepest + 1) + inner + close.repeat(deepest + 1))
                        .problems())
                .extracting(Problem::message)
                .containsExactly("the expression is nested more than 200 deep");
    }

    @Test
    void aChainTooLongForTheParserIsToldAsWhatItIs() throws InterruptedException {
        assertThat(compiled("i" + "+i".repeat(9_999)).problems())
                .extracting(Problem::message)
                .containsExactly("the expression is nested more than 200 deep");
    }

    @Test
    void saysWhereItIsTooDeep() throws InterruptedException {
        assertThat(compiled("(".repeat(15_000) + "i" + ")".repeat(4_000)).problems())
                .extracting(Problem::place)
                .containsExactly(new Place(1, 201, 1));
    }

    @Test
    void aColumnNamedAsAWordThatClosesDoesNotHideTheDepth() throws InterruptedException {
        assertThat(compiled("(end + ".repeat(300) + "i" + ")".repeat(300)).problems())
                .extracting(Problem::place)
                .containsExactly(new Place(1, 1 + 200 * 7, 1));
    }
}

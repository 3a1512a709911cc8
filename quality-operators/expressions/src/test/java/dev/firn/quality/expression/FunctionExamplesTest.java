package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quality.expression.function.Function;
import dev.firn.quality.expression.function.Function.Example;
import dev.firn.quality.expression.function.Functions;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference shows is what is answered. */
class FunctionExamplesTest {

    private static final ExpressionCompiler NO_COLUMNS =
            new ExpressionCompiler(new TableSchema(List.of()), (struct, index) -> null);

    static Stream<Example> examples() {
        return functions().flatMap(function -> function.examples().stream());
    }

    private static Stream<Function> functions() {
        return Functions.GROUPS.stream().flatMap(group -> group.functions().stream());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void answersAsItSays(Example example) throws ExpressionFailed {
        Compiled<Expression> compiled = NO_COLUMNS.compile("cast(" + example.expression() + " as string)");

        assertThat(compiled.problems()).isEmpty();
        Object answer = compiled.value().orElseThrow().evaluate(new Object[0]);
        assertThat(answer == null ? "NULL" : answer).isEqualTo(example.answer());
    }

    @Test
    void showsAnExampleOfEachFunctionThatTakesWhatCanBeWrittenOut() {
        Set<String> without = functions()
                .filter(function -> function.examples().isEmpty())
                .map(Function::name)
                .collect(Collectors.toSet());

        assertThat(without)
                .containsExactlyInAnyOrder(
                        "[]", "cardinality", "array_contains", "array_position", "map_keys", "map_values");
    }

    @Test
    void namesEachFunctionOnce() {
        assertThat(functions().map(Function::form)).doesNotHaveDuplicates();
    }
}

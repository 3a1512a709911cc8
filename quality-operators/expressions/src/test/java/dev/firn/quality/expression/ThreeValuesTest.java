package dev.firn.quality.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.quality.expression.Condition.Truth;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Conditions are what the tables of SQL's three values say, however they are nested. */
class ThreeValuesTest {

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(
            new TableSchema(List.of(
                    Column.optional("a", Primitive.BOOLEAN),
                    Column.optional("b", Primitive.BOOLEAN),
                    Column.optional("c", Primitive.BOOLEAN))),
            (struct, index) -> null);

    /** A condition as text and what it is by the tables; values are 0 false, 1 unknown, 2 true. */
    record Model(String text, int value) {

        Model not() {
            return new Model("(not " + text + ")", 2 - value);
        }

        Model and(Model other) {
            return new Model("(" + text + " and " + other.text + ")", Math.min(value, other.value));
        }

        Model or(Model other) {
            return new Model("(" + text + " or " + other.text + ")", Math.max(value, other.value));
        }

        Model is(String word, int wanted) {
            return new Model("(" + text + " is " + word + ")", value == wanted ? 2 : 0);
        }

        Model equal(Model other) {
            int same = value == 1 || other.value == 1 ? 1 : value == other.value ? 2 : 0;
            return new Model("(" + text + " = " + other.text + ")", same);
        }
    }

    record Case(Model model, @Nullable Object[] row) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Integer> value = Arbitraries.integers().between(0, 2);
        return value.list().ofSize(3).flatMap(values -> {
            Arbitrary<Model> leaf =
                    Arbitraries.of(0, 1, 2).map(i -> new Model("abc".substring(i, i + 1), values.get(i)));
            Arbitrary<Model> constant =
                    Arbitraries.of(new Model("true", 2), new Model("false", 0), new Model("cast(null as boolean)", 1));
            return nested(Arbitraries.oneOf(leaf, constant), 4)
                    .map(model -> new Case(
                            model,
                            values.stream()
                                    .map(v -> v == 1 ? null : (Boolean) (v == 2))
                                    .toArray()));
        });
    }

    private static Arbitrary<Model> nested(Arbitrary<Model> leaf, int depth) {
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Model> part = nested(leaf, depth - 1);
        return Arbitraries.oneOf(
                leaf,
                part.map(Model::not),
                part.flatMap(one -> part.map(one::and)),
                part.flatMap(one -> part.map(one::or)),
                part.flatMap(one -> part.map(one::equal)),
                part.map(one -> one.is("true", 2)),
                part.map(one -> one.is("false", 0)),
                part.map(one -> one.is("unknown", 1)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void isWhatTheTablesSay(@ForAll("cases") Case given) throws ExpressionFailed {
        Condition condition = COMPILER.condition(given.model().text()).value().orElseThrow();

        Truth wanted = List.of(Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
                .get(given.model().value());
        assertThat(condition.test(given.row())).isEqualTo(wanted);
        assertThat(condition.isTrue(given.row())).isEqualTo(wanted == Truth.TRUE);
        assertThat(condition.isFalse(given.row())).isEqualTo(wanted == Truth.FALSE);
    }
}

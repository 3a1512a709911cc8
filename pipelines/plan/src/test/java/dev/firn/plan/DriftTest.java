package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Plans;
import dev.firn.plan.testing.Shop;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

    private static final ColumnType WIDE = new ColumnType.Decimal(12, 2);
    private static final ColumnType NARROW = new ColumnType.Decimal(10, 2);

    @Test
    void takesAColumnThatHoldsEveryValueOfTheStream() {
        assertThat(drift(Primitive.INT, Primitive.LONG)).isEmpty();
        assertThat(drift(Primitive.INT, Primitive.DOUBLE)).isEmpty();
        assertThat(drift(Primitive.FLOAT, Primitive.DOUBLE)).isEmpty();
        assertThat(drift(NARROW, WIDE)).isEmpty();
    }

    @Test
    void refusesAColumnThatCuts() {
        assertThat(drift(Primitive.LONG, Primitive.INT)).containsExactly("column-type-differs");
        assertThat(drift(Primitive.LONG, Primitive.DOUBLE)).containsExactly("column-type-differs");
        assertThat(drift(Primitive.INT, Primitive.FLOAT)).containsExactly("column-type-differs");
        assertThat(drift(WIDE, NARROW)).containsExactly("column-type-differs");
        assertThat(drift(new ColumnType.Decimal(10, 3), WIDE)).containsExactly("column-type-differs");
        assertThat(drift(Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ)).containsExactly("column-type-differs");
        assertThat(drift(Primitive.STRING, listOf(Primitive.STRING, Nullability.OPTIONAL)))
                .containsExactly("column-type-differs");
    }

    @Test
    void looksIntoStructsListsAndMaps() {
        ColumnType one = new ColumnType.Struct(List.of(Column.required("a", Primitive.LONG)));
        ColumnType two = new ColumnType.Struct(
                List.of(Column.required("b", Primitive.LONG), Column.required("a", Primitive.LONG)));
        assertThat(drift(one, one)).isEmpty();
        assertThat(drift(two, one)).containsExactly("table-lacks-column");
        assertThat(drift(one, two)).containsExactly("table-requires-column");
        assertThat(messages(listOf(two, Nullability.OPTIONAL), listOf(one, Nullability.REQUIRED)))
                .containsExactly(
                        "`shop.orders` lacks the column `x[].b` of the stream's latest schema: its first record brings the"
                                + " column (`add-column: apply`)",
                        "`shop.orders` requires `x[]`, which may be null in the stream's latest schema: its first record"
                                + " makes the column optional (`make-optional: apply`)");
        assertThat(messages(
                        new ColumnType.MapOf(Primitive.LONG, Nullability.REQUIRED),
                        new ColumnType.MapOf(Primitive.INT, Nullability.OPTIONAL)))
                .containsExactly(
                        "`x{}` is int in the table, but long in the stream's latest schema: its first record widens"
                                + " the column (`widen-type: apply`)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add-column: apply|note its first record brings the column",
                "add-column: ignore|note its values are left out",
                "add-column: quarantine|danger records of that schema go to quarantine",
                "add-column: fail|danger its first record ends the job",
                "drop-column: keep-nullable|note its first record makes the column optional",
                "drop-column: apply|note its first record drops the column",
                "drop-column: fail|danger its first record ends the job",
            })
    void saysWhatTheDecisionMeansForTheTable(String decision, String consequence) {
        FakeContext context = new FakeContext(
                Map.of(
                        "orders",
                        new TableSchema(List.of(Column.required("new", Primitive.INT))),
                        "refunds",
                        Shop.REFUNDS),
                Map.of(
                        "shop.orders",
                        new ExistingTable(
                                "5f2b", new TableSchema(List.of(Column.required("old", Primitive.INT))), List.of())));
        List<String> said = Planner.plan(
                        Plans.definition("tables: {table: shop.orders, schema-evolution: {" + decision + "}}"),
                        Plans.CONNECTORS,
                        context)
                .diagnostics()
                .stream()
                .map(found -> found.severity().word() + " " + found.message())
                .toList();
        String[] words = consequence.split(" ", 2);
        assertThat(said).anySatisfy(message -> assertThat(message)
                .startsWith(words[0] + " ")
                .endsWith(": " + words[1] + " (`" + decision + "`)"));
    }

    @Test
    void noDecisionMakesRoomForATypeThatTheColumnCanNotGrowTo() {
        assertThat(messages(Primitive.DOUBLE, Primitive.INT))
                .containsExactly(
                        "`x` is int in the table, but double in the stream's latest schema: records of that schema go to"
                                + " quarantine (`incompatible: quarantine`)");
        assertThat(messages(Primitive.LONG, Primitive.DOUBLE))
                .containsExactly(
                        "`x` is double in the table, but long in the stream's latest schema: records of that schema go to"
                                + " quarantine (`incompatible: quarantine`)");
    }

    @Test
    void saysThatATableThatFitsIsThere() {
        PipelinePlan plan = Plans.plan(
                """
                route:
                  - {from: orders, to: there.orders}
                  - {from: refunds, to: sales.refunds}
                """);
        assertThat(plan.tables())
                .extracting(TablePlan::action)
                .containsExactly(TableAction.CREATE, TableAction.NOTHING);
    }

    private static ColumnType listOf(ColumnType element, Nullability elements) {
        return new ColumnType.ListOf(element, elements);
    }

    private static List<String> drift(ColumnType stream, ColumnType table) {
        return Plans.codes(Planner.plan(Plans.definition(""), Plans.CONNECTORS, context(stream, table)));
    }

    private static List<String> messages(ColumnType stream, ColumnType table) {
        return Plans.messages(Planner.plan(Plans.definition(""), Plans.CONNECTORS, context(stream, table)));
    }

    private static FakeContext context(ColumnType stream, ColumnType table) {
        return new FakeContext(
                Map.of("orders", schema(stream), "refunds", Shop.REFUNDS),
                Map.of("shop.orders", new ExistingTable("5f2b", schema(table), List.of())));
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(Column.required("x", type)));
    }
}

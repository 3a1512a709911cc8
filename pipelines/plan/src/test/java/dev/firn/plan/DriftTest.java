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
                        "`shop.orders` lacks the column `x[].b`: records whose schema has it go to quarantine"
                                + " (schema-not-in-table)",
                        "`shop.orders` requires `x[]`, which may be null in the stream: records without it go to"
                                + " quarantine (missing-required-column)");
        assertThat(messages(
                        new ColumnType.MapOf(Primitive.LONG, Nullability.REQUIRED),
                        new ColumnType.MapOf(Primitive.INT, Nullability.OPTIONAL)))
                .containsExactly("`x{}` is int in the table, but long in the stream's latest schema");
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

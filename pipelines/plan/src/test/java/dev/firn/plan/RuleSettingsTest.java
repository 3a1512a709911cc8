package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Otherwise;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSettingsTest {

    @Test
    void whereTheFileIsSilentThereAreNone() {
        assertThat(rules("tables: {table: '*', commit-interval: 5m}").isEmpty()).isTrue();
        assertThat(rules("tables: {table: shop.refunds, where: 1 = 1}").isEmpty())
                .isTrue();
    }

    @Test
    void aLaterWhereTakesThePlaceOfAnEarlierOneAndRulesMergeByName() {
        assertThat(
                        rules(
                                """
                        tables:
                          - table: shop.ord*
                            where: region = 'EU'
                            expect: {one: order_id > 1, two: order_id > 2, three: order_id > 3}
                          - table: shop.orders
                            where: region = 'UK'
                            expect: {two: {that: order_id > 20, otherwise: fail}, four: order_id > 4}
                        """))
                .isEqualTo(new RuleSettings(
                        "region = 'UK'",
                        List.of(
                                new RowRule("one", "order_id > 1", Otherwise.QUARANTINE),
                                new RowRule("two", "order_id > 20", Otherwise.FAIL),
                                new RowRule("three", "order_id > 3", Otherwise.QUARANTINE),
                                new RowRule("four", "order_id > 4", Otherwise.QUARANTINE))));
    }

    @Test
    void whatIsSaidOfColumnsMergesByColumnAndAListReplacesOne() {
        TablePlan table = table(
                """
                tables:
                  - table: shop.ord*
                    set: {note: upper(note), pieces: quantity}
                    drop: [note, tags]
                    rename: {sku: article, region: market}
                  - table: shop.orders
                    set: {pieces: quantity * 2, is_big: amount > 100}
                    drop: [gift]
                    rename: {region: area, status: state}
                """);

        assertThat(table.rules().shape())
                .isEqualTo(new ShapeSettings(
                        List.of(
                                new RowShape.Computed("note", "upper(note)"),
                                new RowShape.Computed("pieces", "quantity * 2"),
                                new RowShape.Computed("is_big", "amount > 100")),
                        List.of("gift"),
                        List.of(
                                new RowShape.Renamed("sku", "article"),
                                new RowShape.Renamed("region", "area"),
                                new RowShape.Renamed("status", "state"))));
        assertThat(table.records().orElseThrow().columns())
                .extracting(Column::name)
                .contains("gift", "sku", "region");
        assertThat(table.schema().orElseThrow().columns())
                .extracting(Column::name)
                .contains("article", "area", "state", "note", "pieces", "is_big")
                .doesNotContain("gift", "sku", "region", "status");
    }

    @Test
    void anEmptyListDropsNothing() {
        assertThat(rules("tables: [{table: shop.ord*, drop: [note]}, {table: shop.orders, drop: []}]")
                        .isEmpty())
                .isTrue();
    }

    private static RuleSettings rules(String tables) {
        return table(tables).rules();
    }

    private static TablePlan table(String tables) {
        return Plans.plan(
                        """
                pipeline: {name: shop}
                source: {type: kafka, topics: [orders, refunds], format: {registry: {url: "${env:REGISTRY}"}}}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "${env:LAKE}"}}
                """
                                + tables)
                .tables()
                .stream()
                .filter(table -> table.name().equals(new TableName("shop.orders")))
                .findFirst()
                .orElseThrow();
    }
}

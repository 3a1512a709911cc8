package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.bind.ByteSize;
import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Plans;
import dev.firn.plan.testing.Shop;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSettingsTest {

    @Test
    void mergesThePropertiesOfAllEntriesThatMatch() {
        PipelinePlan plan = Plans.plan(
                """
                tables:
                  - {table: "*", properties: {format: parquet, owner: all}}
                  - {table: shop.orders, properties: {owner: sales, comment: "what was bought"}}
                """);
        assertThat(plan.tables().get(0).properties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("format", "parquet", "owner", "sales", "comment", "what was bought"));
        assertThat(plan.tables().get(1).properties())
                .containsExactlyInAnyOrderEntriesOf(Map.of("format", "parquet", "owner", "all"));
    }

    @Test
    void takesThePartitioningOfTheLastEntryThatHasOne() {
        assertThat(
                        partitioning(
                                """
                        tables:
                          - {table: "*", partition-by: order_id}
                          - {table: shop.orders, partition-by: day(placed_at)}
                          - {table: "*.orders", properties: {owner: sales}}
                        """))
                .containsExactly("day(placed_at)");
        assertThat(
                        partitioning(
                                """
                        tables:
                          - {table: "*", partition-by: order_id}
                          - {table: shop.orders, partition-by: []}
                        """))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region,placed_at   desc, amount",
                "[region, placed_at desc, amount]",
                "[region, 'placed_at desc, amount']",
            })
    void readsTheOrderOfRowsFromALineOrAList(String written) {
        assertThat(sortOrder("tables: {table: shop.orders, sort-by: " + quoted(written) + "}"))
                .containsExactly("region", "placed_at desc", "amount");
    }

    @Test
    void takesTheOrderOfTheLastEntryThatHasOne() {
        assertThat(
                        sortOrder(
                                """
                        tables:
                          - {table: "*", sort-by: order_id}
                          - {table: shop.orders, sort-by: [placed_at desc]}
                          - {table: "*.orders", properties: {owner: sales}}
                        """))
                .containsExactly("placed_at desc");
        assertThat(
                        sortOrder(
                                """
                        tables:
                          - {table: "*", sort-by: order_id}
                          - {table: shop.orders, sort-by: []}
                        """))
                .isEmpty();
    }

    @Test
    void theTableToCreateHasTheOrder() {
        PipelinePlan plan = Plans.plan("tables: {table: shop.orders, sort-by: placed_at desc}");
        assertThat(plan.tables().get(0).spec().sortOrder()).hasToString("[placed_at desc]");
        assertThat(plan.tables().get(1).spec().sortOrder()).isEmpty();
        assertThat(PlanJson.write(plan)).containsOnlyOnce("\"sort-by\" : [\n        \"placed_at desc\"\n      ]");
    }

    private static List<String> sortOrder(String text) {
        return Plans.plan(text).tables().get(0).sortOrder().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void aLaterEntryWinsForEachThingThatItSaysOfCommits() {
        PipelinePlan plan = Plans.plan(
                """
                tables:
                  - {table: "*", commit-interval: 5m, hold: {for: 1h, bytes: 1GiB}}
                  - {table: shop.orders, hold: {for: 2h}}
                  - {table: shop.orders, commit-interval: 1h}
                """);
        assertThat(plan.tables().get(0).commits())
                .isEqualTo(new TableCommits(Duration.ofHours(1), Duration.ofHours(2), ByteSize.ofGibibytes(1)));
        assertThat(plan.tables().get(1).commits())
                .isEqualTo(new TableCommits(Duration.ofMinutes(5), Duration.ofHours(1), ByteSize.ofGibibytes(1)));
    }

    @Test
    void commitsAtEveryCheckpointAndHoldsForHalfADayUnlessSaid() {
        PipelinePlan plan = Plans.plan("tables: {table: shop.orders, hold: {}}");
        assertThat(plan.tables()).extracting(TablePlan::commits).containsOnly(TableCommits.DEFAULT);
        assertThat(PlanText.write(plan, PlanText.Detail.VERBOSE))
                .contains(
                        """
                              commits    at every checkpoint with rows
                              hold       12h or 50GiB, then stop
                        """);
    }

    @Test
    void thePlanSaysHowOftenATableIsCommittedTo() {
        PipelinePlan plan = Plans.plan("tables: {table: shop.orders, commit-interval: 5m}");
        assertThat(PlanText.write(plan, PlanText.Detail.SHORT)).contains("      commits     every 5m\n");
        assertThat(PlanJson.write(plan)).contains("\"commit-interval\" : \"5m\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "day(placed_at), bucket(customer_id, 16), region",
                "[day(placed_at), 'bucket(customer_id, 16)', region]",
                "[day(placed_at), bucket(customer_id, 16), region]",
                "['day( placed_at ),bucket(customer_id,16)', ' region ']"
            })
    void readsTransformsFromALineOrAList(String written) {
        assertThat(partitioning("tables: {table: shop.orders, partition-by: " + quoted(written) + "}"))
                .containsExactly("day(placed_at)", "bucket(customer_id, 16)", "region");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "days(placed_at)|`days(placed_at)`|write `day(placed_at)`",
                "Day(placed_at)|`Day(placed_at)`|write `day(placed_at)`",
                "bucket(16, sku)|`bucket(16, sku)`|write `bucket(sku, 16)`",
                "buckets( 8 , sku )|`buckets( 8 , sku )`|write `bucket(sku, 8)`",
                "bucket(sku, 0)|`bucket(sku, 0)`|",
                "bucket(sku)|`bucket(sku)`|",
                "day(placed_at, 2)|`day(placed_at, 2)`|",
                "weekly(placed_at)|`weekly(placed_at)`|",
                "day(placed_at|`day(placed_at`|",
                "day)placed_at(|`day)placed_at(`|",
                "day placed_at|`day placed_at`|",
                "identity(sku)|`identity(sku)`|write `sku`"
            })
    void refusesWhatIsNoTransform(String written, String given, @org.jspecify.annotations.Nullable String fix) {
        var complaints = Plans.checked("tables: {table: shop.orders, partition-by: \"" + written + "\"}")
                .diagnostics();
        assertThat(complaints).singleElement().satisfies(complaint -> {
            assertThat(complaint.message()).isEqualTo(given + " is no partition transform");
            assertThat(complaint.fix().orElse(null)).isEqualTo(fix);
        });
    }

    @Test
    void reportsAWrongTransformOnceWhateverNumberOfTablesItIsFor() {
        assertThat(Plans.codes(Plans.checked("tables: {table: '*', partition-by: daily(order_id)}")))
                .containsExactly("invalid-partition-transform");
    }

    @Test
    void checksTransformsAgainstEveryTypeThatIcebergPartitions() {
        TableSchema schema = new TableSchema(List.of(
                Column.required("i", Primitive.INT),
                Column.required("n", new ColumnType.Decimal(9, 2)),
                Column.required("d", Primitive.DATE),
                Column.required("t", Primitive.TIME),
                Column.required("u", Primitive.UUID),
                Column.required("b", Primitive.BINARY),
                Column.required("x", new ColumnType.Fixed(4)),
                Column.required("f", Primitive.DOUBLE),
                Column.required("o", Primitive.BOOLEAN)));
        assertThat(unsuited(schema, "i", "f", "o", "year(d)", "bucket(t, 4)", "bucket(u, 4)", "bucket(x, 4)"))
                .isEmpty();
        assertThat(unsuited(schema, "truncate(n, 4)", "truncate(b, 4)")).isEmpty();
        assertThat(unsuited(schema, "x", "day(t)", "hour(d)", "bucket(f, 4)", "bucket(o, 4)", "truncate(u, 4)"))
                .hasSize(6);
    }

    private static List<String> unsuited(TableSchema schema, String... transforms) {
        PipelineDefinition definition = Plans.definition(
                "tables: {table: shop.orders, partition-by: ['" + String.join("', '", transforms) + "']}");
        return Plans.codes(Planner.plan(
                definition,
                Plans.CONNECTORS,
                new FakeContext(Map.of("orders", schema, "refunds", Shop.REFUNDS), Map.of())));
    }

    private static List<String> partitioning(String text) {
        return Plans.plan(text).tables().get(0).partitioning().stream()
                .map(PartitionTransform::toString)
                .toList();
    }

    private static String quoted(String written) {
        return written.startsWith("[") ? written : "'" + written + "'";
    }
}

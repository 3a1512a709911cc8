package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.plan.PlanText.Detail;
import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Golden;
import dev.firn.plan.testing.Plans;
import dev.firn.plan.testing.Shop;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private static final Path GOLDEN = Path.of("src/test/resources/text");

    private static final Map<String, TableSchema> SCHEMAS = Map.of("orders", Shop.ORDERS, "refunds", Shop.REFUNDS);
    private static final Map<String, ExistingTable> TABLES =
            Map.of("there.orders", new ExistingTable("1", Shop.ORDERS, List.of()));

    private static final String CROWD = IntStream.rangeClosed(1, 40)
            .mapToObj(number -> "events-of-shop-" + number)
            .collect(Collectors.joining(", "));

    private static final String CROWDED =
            """
            pipeline: {name: shop, parallelism: 16, checkpoint-interval: 500ms, flink: {s3.secret-key: "${secret:s3}"}}
            source:
              - {name: shops, type: kafka, topics: [%s], format: {registry: {url: "${env:REGISTRY}"}}}
              - name: head-office
                type: kafka
                topics: [orders, refunds]
                properties: {bootstrap.servers: "${env:KAFKA}", sasl.jaas.config: "${secret:jaas}"}
                format: {registry: {url: "${env:REGISTRY}", password: "${secret:registry}", pin-token: 1234}}
            route:
              - {from: "shops/*", to: raw.events}
              - {from: orders, to: there.orders}
              - {from: refunds, to: a_namespace.with_levels.whose_names_are_long.refunds_of_the_head_office}
            tables:
              - table: "*.refunds_of*"
                partition-by: month(refunded_at), bucket(order_id, 16), reason
                properties: {write.parquet.compression-codec: zstd, owner: head-office}
                schema-evolution: {preset: exception, add-column: apply}
            """
                    .formatted(CROWD);

    private static final String BY_VALUE =
            """
            route:
              - {from: orders, by: region, to: [shop.orders, there.$by], max-tables: 20}
              - {from: refunds, to: shop.refunds}
            tables:
              - {table: there.*, partition-by: day(placed_at), properties: {owner: eu}, commit-interval: 5m, sort-by: sku, hold: {for: 1h}, schema-evolution: lenient}
              - {table: there.x_*, hold: {bytes: 1GiB}, sort-by: [], schema-evolution: {reorder: fail}}
              - {table: shop.orders, sort-by: "region, placed_at desc"}
            """;

    @Test
    void saysWhatItCanOfTablesThatValuesWillName() {
        Checked<PipelinePlan> planned =
                Planner.plan(Plans.definition(BY_VALUE), Plans.CONNECTORS, new FakeContext(SCHEMAS, TABLES));
        PipelinePlan plan = planned.value().orElseThrow();
        assertThat(planned.diagnostics()).isEmpty();
        Golden.at(GOLDEN.resolve("by-value.txt")).isEqualTo(PlanText.write(plan, Detail.VERBOSE));
        Golden.at(GOLDEN.resolve("by-value.json")).isEqualTo(PlanJson.write(plan));
    }

    @Test
    void saysInOneLineHowRowsAreSorted() {
        String text = "tables: {table: shop.refunds, sort-by: reason}";
        assertThat(PlanText.write(Plans.plan(text), Detail.SHORT))
                .contains(
                        """
                            create  shop.orders   14 columns  not partitioned  not sorted        from kafka/orders
                            create  shop.refunds   6 columns  not partitioned  sorted by reason  from kafka/refunds
                        """);
    }

    @Test
    void saysWhereTheBytesOfQuarantinedRecordsAreNotKept() {
        PipelinePlan plan = Plans.plan("quarantine: {table: ops.bad, payload: none}");
        assertThat(PlanText.write(plan, Detail.SHORT)).contains("quarantine  ops.bad, without the bytes of records\n");
        assertThat(PlanJson.write(plan)).contains("\"payload\" : \"none\"");
        assertThat(PlanJson.write(Plans.plan("quarantine: {table: ops.bad}"))).doesNotContain("\"payload\"");
    }

    @Test
    void saysThatTheBytesOfQuarantinedRecordsAreEncryptedAndOfTheKeyItsReference() {
        PipelinePlan plan = Plans.plan("quarantine: {table: ops.bad, payload: encrypted, key: \"${secret:q}\"}");
        assertThat(PlanText.write(plan, Detail.SHORT))
                .contains("quarantine  ops.bad, with the bytes of records encrypted\n");
        assertThat(PlanJson.write(plan)).contains("\"payload\" : \"encrypted\",\n    \"key\" : \"${secret:q}\"");
    }

    @Test
    void foldsWhatIsTooLongForALine() {
        String text = PlanText.write(plan(), Detail.SHORT);
        Golden.at(GOLDEN.resolve("crowded.txt")).isEqualTo(text);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(text).contains("events-of-shop-40").doesNotContain(" \n");
    }

    @Test
    void saysEverythingThatIsSetWhenAskedForAll() {
        Golden.at(GOLDEN.resolve("crowded-verbose.txt")).isEqualTo(PlanText.write(plan(), Detail.VERBOSE));
    }

    private static PipelinePlan plan() {
        return Planner.plan(Plans.definition(CROWDED), Plans.CONNECTORS, new FakeContext(SCHEMAS, TABLES))
                .value()
                .orElseThrow();
    }
}

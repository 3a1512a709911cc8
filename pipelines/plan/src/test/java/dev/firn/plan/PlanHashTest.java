package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.plan.testing.FakeContext;
import dev.firn.plan.testing.Plans;
import dev.firn.plan.testing.Shop;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.StreamDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanHashTest {

    private static final String CATALOG = "catalog: {type: hadoop, warehouse: \"${env:LAKE}\"}";

    private static final Map<String, TableSchema> SCHEMAS = Map.of("orders", Shop.ORDERS, "refunds", Shop.REFUNDS);
    private static final FakeContext NEW = new FakeContext(SCHEMAS, Map.of());

    private static final String FILE =
            """
            pipeline: {name: shop, parallelism: 2, flink: {a.b: "1", c.d: "2"}}
            source:
              - name: one
                type: kafka
                topics: [orders]
                properties: {bootstrap.servers: "${env:KAFKA}:9092", client.id: me}
                format: {registry: {url: "http://r"}}
              - name: two
                type: kafka
                topics: [refunds]
                format: {registry: {url: "http://r"}}
            route:
              - {from: orders, to: sales.orders}
              - {from: "*", to: sales.$stream}
            tables:
              - {table: sales.orders, partition-by: day(placed_at), properties: {owner: sales, unit: one}}
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: "${env:LAKE}"}}
            """;

    @Test
    void isEqualForEqualInput() {
        assertThat(plan(FILE)).isEqualTo(plan(FILE));
        assertThat(PlanJson.write(plan(FILE))).isEqualTo(PlanJson.write(plan(FILE)));
        assertThat(PlanJson.hash(plan(FILE)))
                .isEqualTo(PlanJson.hash(plan(FILE)))
                .matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b: \"1\", c.d: \"2\"|c.d: \"2\", a.b: \"1\"",
                "name: shop, parallelism: 2|parallelism: 2, name: shop",
                "bootstrap.servers: \"${env:KAFKA}:9092\", client.id: me|client.id: me, bootstrap.servers: \"${env:KAFKA}:9092\"",
                "owner: sales, unit: one|unit: one, owner: sales",
                "type: iceberg, catalog: {type: hadoop, warehouse: \"${env:LAKE}\"}|catalog: {warehouse: \"${env:LAKE}\", type: hadoop}, type: iceberg"
            })
    void doesNotDependOnTheOrderOfKeys(String written, String otherwise) {
        PipelinePlan other = plan(replaced(written, otherwise));
        assertThat(PlanJson.hash(other)).isEqualTo(PlanJson.hash(plan(FILE)));
        assertThat(PlanJson.write(other)).isEqualTo(PlanJson.write(plan(FILE)));
    }

    @Test
    void doesNotDependOnTheOrderOfSources() {
        assertThat(PlanJson.write(plan(sourcesSwapped()))).isEqualTo(PlanJson.write(plan(FILE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:KAFKA}|${env:BROKER}",
                "${env:KAFKA}|${env:KAFKA:-localhost}",
                "${env:LAKE}|${secret:lake}",
                "from: orders, to|from: \"/orders/\", to"
            })
    void doesNotDependOnWhatReferencesSayNorOnHowARouteIsWritten(String written, String otherwise) {
        assertThat(PlanJson.hash(plan(replaced(written, otherwise)))).isEqualTo(PlanJson.hash(plan(FILE)));
    }

    @Test
    void doesNotDependOnWhatIsSuppressedNorOnTheProject(@TempDir Path folder) throws IOException {
        String suppressing = replaced(
                "name: shop, parallelism: 2", "name: shop, parallelism: 2, suppress: {unrouted-stream: meant}");
        assertThat(PlanJson.write(plan(suppressing))).isEqualTo(PlanJson.write(plan(FILE)));

        Path file = Files.writeString(folder.resolve("shop.yaml"), FILE.replace(CATALOG, "catalog: lake"));
        Files.writeString(
                folder.resolve("firn.yaml"),
                "project: acme\ncatalogs: {lake: {type: hadoop, warehouse: \"${env:LAKE}\"}}\nenvironments: {dev: {}}\n");
        PipelinePlan inProject = Plans.checked(Plans.definition(file)).value().orElseThrow();
        assertThat(inProject.project()).contains(new ProjectPlan("acme", Optional.of("dev")));
        assertThat(PlanJson.hash(inProject)).isEqualTo(PlanJson.hash(plan(FILE)));
        assertThat(PlanJson.write(inProject)).contains("\"project\" : \"acme\",\n  \"environment\" : \"dev\",");
        assertThat(PlanText.write(inProject, PlanText.Detail.SHORT)).contains("\nproject acme · environment dev\n");
    }

    @Test
    void doesNotDependOnWhetherTablesAreThere() {
        ExistingTable there = new ExistingTable("1", Shop.REFUNDS, List.of());
        PipelinePlan later =
                Plans.plan(Plans.definition(FILE), new FakeContext(SCHEMAS, Map.of("sales.refunds", there)));
        assertThat(later).isNotEqualTo(plan(FILE));
        assertThat(PlanJson.hash(later)).isEqualTo(PlanJson.hash(plan(FILE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: shop|name: store",
                "parallelism: 2|parallelism: 3",
                "parallelism: 2|parallelism: 2, checkpoint-interval: 31s",
                "a.b: \"1\"|a.b: \"2\"",
                "name: one|name: uno",
                "to: sales.orders}|to: sales.bought}",
                "day(placed_at)|month(placed_at)",
                "owner: sales|owner: us",
                "client.id: me|client.id: you",
                "KAFKA}:9092|KAFKA}:9093",
                "type: hadoop|type: rest"
            })
    void changesWithWhatIsDone(String written, String otherwise) {
        String text = replaced(written, otherwise).replace("table: sales.orders,", "table: \"sales.*\",");
        String base = FILE.replace("table: sales.orders,", "table: \"sales.*\",");
        assertThat(hashWithComplaints(text)).isNotEqualTo(hashWithComplaints(base));
    }

    /** Columns are the same, and what stands in them is not. */
    @Test
    void changesWithADefaultInASchema() {
        PipelinePlan plan = plan(FILE);
        assertThat(PlanJson.hash(withSchema(plan, "{\"default\": 1}")))
                .isNotEqualTo(PlanJson.hash(withSchema(plan, "{\"default\": 2}")));
    }

    @Test
    void showsEachSchemaOnceWithTheStreamsThatHaveIt() {
        String json = PlanJson.write(withSchema(plan(FILE), "{\"default\": 1}"));

        assertThat(json)
                .contains(
                        """
                              "schemas" : [
                                {
                                  "streams" : [
                                    "orders",
                                    "orders-eu"
                                  ],
                                  "definition" : {
                                    "default" : 1
                                  }
                                },
                                {
                                  "streams" : [
                                    "raw"
                                  ],
                                  "definition" : "message Raw {}",
                                  "key" : "string"
                                }
                              ],
                        """);
    }

    private static PipelinePlan withSchema(PipelinePlan plan, String definition) {
        SourcePlan first = plan.sources().get(0);
        SourcePlan with = new SourcePlan(
                first.name(),
                first.type(),
                first.guarantee(),
                first.streams(),
                new TreeMap<>(Map.of(
                        "orders",
                        StreamDefinition.ofValue(definition),
                        "orders-eu",
                        StreamDefinition.ofValue(definition),
                        "raw",
                        new StreamDefinition("message Raw {}", Optional.of("\"string\"")))),
                first.options());
        return new PipelinePlan(
                plan.pipeline(),
                plan.parallelism(),
                plan.maxParallelism(),
                plan.checkpointInterval(),
                plan.flink(),
                List.of(with),
                plan.routes(),
                plan.tables(),
                plan.tablesByValue(),
                plan.sink(),
                plan.nodes());
    }

    @Test
    void changesWithASchema() {
        FakeContext other = new FakeContext(Map.of("orders", Shop.ORDERS, "refunds", Shop.ORDERS), Map.of());
        assertThat(PlanJson.hash(Plans.plan(Plans.definition(FILE), other))).isNotEqualTo(PlanJson.hash(plan(FILE)));
    }

    @Test
    void leavesTheUidsAloneWhereTablesAndSourcesMove() {
        assertThat(plan(FILE).uids().lines())
                .containsExactly(
                        "shop/source/one",
                        "shop/tap/one",
                        "shop/source/two",
                        "shop/tap/two",
                        "shop/tables",
                        "shop/gathered",
                        "shop/epochs");
        assertThat(plan(sourcesSwapped()).uids()).isEqualTo(plan(FILE).uids());
        assertThat(plan(replaced("to: sales.orders}", "to: sales.refunds_too}")
                                .replace("table: sales.orders", "table: '*'")
                                .replace("partition-by: day(placed_at), ", ""))
                        .uids())
                .isEqualTo(plan(FILE).uids());
        assertThat(plan(FILE.replace("topics: [refunds]", "topics: [refunds, returns, more]"))
                        .uids())
                .isEqualTo(plan(FILE).uids());
    }

    private static String sourcesSwapped() {
        List<String> lines = FILE.lines().toList();
        int one = lines.indexOf("  - name: one");
        int two = lines.indexOf("  - name: two");
        int end = lines.indexOf("route:");
        List<String> swapped = Arrays.asList(lines.toArray(String[]::new));
        for (int index = 0; index < end - one; index++) {
            int from = index < end - two ? two + index : one + index - (end - two);
            swapped.set(one + index, lines.get(from));
        }
        return String.join("\n", swapped);
    }

    private static String replaced(String written, String otherwise) {
        assertThat(FILE).contains(written);
        return FILE.replace(written, otherwise);
    }

    private static String hashWithComplaints(String text) {
        return PlanJson.hash(Planner.plan(Plans.definition(text), Plans.CONNECTORS, NEW)
                .value()
                .orElseThrow());
    }

    private static PipelinePlan plan(String text) {
        return Plans.plan(Plans.definition(text), NEW);
    }
}

package dev.firn.plan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.plan.Origins;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanText;
import dev.firn.plan.TablePlan;
import dev.firn.plan.testing.Golden;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.schema.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableSettingsPageTest {

    private static final Path GOLDEN = Path.of("src/test/resources/text");

    private static final String TEXT =
            """
            pipeline: {name: shop, parallelism: 2, flink: {s3.access-key: abc, s3.secret-key: "${secret:s3}"}}
            source:
              type: kafka
              topics: [orders, refunds]
              properties: {bootstrap.servers: "${env:KAFKA}"}
              format: {registry: {url: "http://registry", password: hunter2}}
            route:
              - {from: "*", to: sales.$stream}
            tables:
              - table: "*"
                commit-interval: 5m
                hold: {for: 6h, then: detach}
                properties: {owner: everybody, encryption.secret: hunter2}
                schema-evolution: {preset: ignore, drop-column: fail}
              - table: sales.orders
                partition-by: day(placed_at), bucket(customer_id, 16)
                properties: {owner: sales}
                schema-evolution: {drop-column: apply, add-column: quarantine}
              - table: /sales\\..*s/
                hold: {for: 1h}
                sort-by: []
            sink: {type: iceberg, catalog: {type: hadoop, warehouse: ./lake}}
            """;

    private static final PipelineDefinition DEFINITION = Plans.definition(TEXT);

    @Test
    void showsEverySettingWithTheLineThatSaysIt() {
        assertThat(TableSettingsText.write(page("sales.orders")))
                .isEqualTo(
                        """
                        table sales.orders

                          entries of `tables:` that select it; a later one wins
                            *             pipeline.yaml:10
                            sales.orders  pipeline.yaml:15
                            /sales\\..*s/  pipeline.yaml:19

                          settings
                            schema-evolution.preset         ignore                                   pipeline.yaml:14
                            schema-evolution.drop-column    apply                                    pipeline.yaml:18
                            schema-evolution.add-column     quarantine                               pipeline.yaml:18
                            schema-evolution.rename-column  quarantine                               pipeline.yaml:14
                            schema-evolution.widen-type     quarantine                               pipeline.yaml:14
                            schema-evolution.narrow-type    ignore                                   pipeline.yaml:14
                            schema-evolution.make-optional  apply                                    pipeline.yaml:14
                            schema-evolution.make-required  ignore                                   pipeline.yaml:14
                            schema-evolution.add-symbol     apply                                    pipeline.yaml:14
                            schema-evolution.remove-symbol  ignore                                   pipeline.yaml:14
                            schema-evolution.reorder        ignore                                   pipeline.yaml:14
                            schema-evolution.incompatible   quarantine                               pipeline.yaml:14
                            partition-by                    day(placed_at), bucket(customer_id, 16)  pipeline.yaml:16
                            sort-by                         []                                       pipeline.yaml:21
                            commit-interval                 5m                                       pipeline.yaml:11
                            hold.for                        1h                                       pipeline.yaml:20
                            hold.then                       detach                                   pipeline.yaml:12
                            hold.bytes                      50GiB                                    default
                            properties.owner                sales                                    pipeline.yaml:17
                            properties.encryption.secret    ***                                      pipeline.yaml:13

                          not set: where, set, drop, rename, expect, unique, event-time, mask, write, key, deletes
                        """);
    }

    @Test
    void saysThatNothingSelectsATable() {
        assertThat(TableSettingsText.write(TableSettingsPage.of(List.of(), new TableName("sales.orders"))))
                .isEqualTo(
                        """
                        table sales.orders

                          no entry of `tables:` selects it

                          settings
                            schema-evolution.add-column     apply          default
                            schema-evolution.drop-column    keep-nullable  default
                            schema-evolution.rename-column  apply          default
                            schema-evolution.widen-type     apply          default
                            schema-evolution.narrow-type    ignore         default
                            schema-evolution.make-optional  apply          default
                            schema-evolution.make-required  ignore         default
                            schema-evolution.add-symbol     apply          default
                            schema-evolution.remove-symbol  apply          default
                            schema-evolution.reorder        ignore         default
                            schema-evolution.incompatible   quarantine     default
                            hold.for                        12h            default
                            hold.bytes                      50GiB          default
                            hold.then                       stop           default

                          not set: where, set, drop, rename, expect, unique, event-time, mask, write, key, deletes, partition-by, sort-by, commit-interval, properties
                        """);
    }

    @Test
    void isWrittenForProgramsToo() {
        assertThat(TableSettingsJson.write(page("sales.refunds")))
                .startsWith(
                        """
                        {
                          "version" : 1,
                          "table" : "sales.refunds",
                          "entries" : [ {
                            "table" : "*",
                            "file" : "pipeline.yaml",
                            "line" : 10
                          }, {""")
                .contains(
                        """
                          }, {
                            "name" : "hold.then",
                            "value" : "detach",
                            "file" : "pipeline.yaml",
                            "line" : 12
                          }, {
                            "name" : "hold.bytes",
                            "value" : "50GiB"
                          }, {
                        """)
                .contains(
                        """
                            "name" : "partition-by",
                            "value" : null
                        """);
    }

    /** The plan is made by the entries' records, the page by the tree: they must not tell two stories. */
    @Test
    void agreesWithThePlan() {
        for (TablePlan table : Plans.checked(DEFINITION).value().orElseThrow().tables()) {
            Map<String, String> page = page(table.name().full()).rows().stream()
                    .collect(Collectors.toMap(TableSettingsPage.Row::name, TableSettingsPage.Row::value));
            assertThat(table.commits().interval().toMinutes() + "m").isEqualTo(page.get("commit-interval"));
            assertThat(table.commits().holdFor().toHours() + "h").isEqualTo(page.get("hold.for"));
            assertThat(table.commits().holdBytes()).hasToString(page.get("hold.bytes"));
            assertThat(table.commits().then().name()).isEqualToIgnoringCase(page.get("hold.then"));
            assertThat(table.properties()).containsEntry("owner", page.get("properties.owner"));
            for (EvolutionRule rule : EvolutionRule.all()) {
                if (!rule.option().isUnbuilt()) {
                    assertThat(table.evolution().of(ChangeKind.of(rule)).word())
                            .isEqualTo(page.get("schema-evolution." + rule.kind()));
                }
            }
            assertThat(table.partitioning().stream().map(Object::toString).collect(Collectors.joining(", ")))
                    .isEqualTo(Optional.ofNullable(page.get("partition-by")).orElse(""));
        }
    }

    @Test
    void anEmptyMappingTakesNothingAway() {
        String longer = TEXT.replace("hold: {for: 1h}", "hold: {for: 1h}\n    properties: {}");
        assertThat(TableSettingsText.write(
                        TableSettingsPage.of(Plans.definition(longer).tables(), new TableName("sales.refunds"))))
                .contains("properties.owner", "everybody");
    }

    @Test
    void aPresetReplacesDecisionsAndLaterDecisionsStandBesideIt() {
        EffectiveSettings settings = EffectiveSettings.of(
                Plans.definition(
                                """
                                route: [{from: orders, to: sales.orders}, {from: refunds, to: sales.refunds}]
                                tables:
                                  - {table: sales.orders, schema-evolution: {drop-column: apply, narrow-type: fail}}
                                  - {table: "*", schema-evolution: lenient}
                                  - {table: "*", schema-evolution: {rename-column: apply, drop-column: keep-nullable}}
                                """)
                        .tables(),
                new TableName("sales.orders"));

        assertThat(settings.settings())
                .extracting(setting -> setting.name() + " = " + setting.text())
                .containsExactly(
                        "schema-evolution.drop-column = keep-nullable",
                        "schema-evolution.preset = lenient",
                        "schema-evolution.rename-column = apply");
        assertThat(settings.hidden())
                .extracting(
                        hidden -> hidden.setting().name() + " by " + hidden.by().name())
                .containsExactly(
                        "schema-evolution.drop-column by schema-evolution.drop-column",
                        "schema-evolution.narrow-type by schema-evolution.preset");
    }

    @Test
    void aPlanWithEveryDetailSaysWhereEachSettingStands() {
        PipelinePlan plan = Plans.checked(DEFINITION).value().orElseThrow();
        String text = PlanText.write(plan, PlanText.Detail.VERBOSE, Origins.of(DEFINITION));

        Golden.at(GOLDEN.resolve("places-verbose.txt")).isEqualTo(text);
        assertThat(text).doesNotContain("hunter2");
        assertThat(PlanText.write(plan, PlanText.Detail.SHORT, Origins.of(DEFINITION)))
                .isEqualTo(PlanText.write(plan, PlanText.Detail.SHORT));
    }

    private static TableSettingsPage page(String table) {
        return TableSettingsPage.of(DEFINITION.tables(), new TableName(table));
    }
}

package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.TableName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvolutionSettingsTest {

    @Test
    void whereTheFileIsSilentWhatIsUsualHolds() {
        assertThat(policy("tables: {table: '*', commit-interval: 5m}")).isEqualTo(EvolutionPolicy.usual());
        assertThat(policy("tables: {table: shop.refunds, schema-evolution: exception}"))
                .isEqualTo(EvolutionPolicy.usual());
    }

    @Test
    void aPresetDecidesAboutAllKinds() {
        assertThat(policy("tables: {table: '*', schema-evolution: try_evolve}"))
                .isEqualTo(EvolutionPolicy.of(Preset.TRY_EVOLVE));
        assertThat(policy("tables: {table: '*', schema-evolution: {preset: try_evolve}}"))
                .isEqualTo(EvolutionPolicy.of(Preset.TRY_EVOLVE));
    }

    @Test
    void aSingleKindWinsOverThePresetWhateverStandsFirst() {
        EvolutionPolicy expected =
                EvolutionPolicy.of(Preset.IGNORE).with(Map.of(ChangeKind.ADD_COLUMN, Decision.APPLY));
        assertThat(policy("tables: {table: '*', schema-evolution: {add-column: apply, preset: ignore}}"))
                .isEqualTo(expected);
        assertThat(
                        policy(
                                """
                        tables:
                          - {table: "*", schema-evolution: {add-column: apply}}
                          - {table: shop.orders, schema-evolution: {preset: ignore}}
                        """))
                .isEqualTo(expected);
    }

    @Test
    void mappingsMergeByKindAndALaterOneWins() {
        assertThat(
                        policy(
                                """
                        tables:
                          - {table: "*", schema-evolution: {preset: lenient, drop-column: fail, widen-type: fail}}
                          - {table: shop.orders, schema-evolution: {drop-column: apply}}
                          - {table: shop.refunds, schema-evolution: {add-column: fail}}
                        """))
                .isEqualTo(EvolutionPolicy.of(Preset.LENIENT)
                        .with(Map.of(ChangeKind.DROP_COLUMN, Decision.APPLY, ChangeKind.WIDEN_TYPE, Decision.FAIL)));
    }

    @Test
    void aPresetAloneTakesAwayWhatEarlierEntriesSay() {
        assertThat(
                        policy(
                                """
                        tables:
                          - {table: "*", schema-evolution: {preset: ignore, drop-column: fail}}
                          - {table: shop.orders, schema-evolution: evolve}
                          - {table: "*", schema-evolution: {reorder: fail}}
                        """))
                .isEqualTo(EvolutionPolicy.of(Preset.EVOLVE).with(Map.of(ChangeKind.REORDER, Decision.FAIL)));
    }

    @Test
    void holdsForTablesThatAValueNamesToo() {
        TablesByValuePlan made =
                plan("""
                route: [{from: orders, by: region, to: there.$by}, {from: refunds, to: shop.refunds}]
                tables:
                  - {table: "there.*", schema-evolution: lenient}
                  - {table: there.eu, schema-evolution: {add-column: quarantine}}
                """)
                        .tablesByValue()
                        .get(0);
        assertThat(made.usual().evolution()).isEqualTo(EvolutionPolicy.of(Preset.LENIENT));
        assertThat(TableSettings.effective(made.settings(), new TableName("there.eu"))
                        .evolution())
                .isEqualTo(EvolutionPolicy.of(Preset.LENIENT).with(Map.of(ChangeKind.ADD_COLUMN, Decision.QUARANTINE)));
    }

    @Test
    void knowsWhatIsNotUsual() {
        assertThat(EvolutionSettings.unusual(EvolutionPolicy.usual())).isEmpty();
        assertThat(EvolutionSettings.unusual(
                        policy("tables: {table: '*', schema-evolution: {add-column: apply, drop-column: apply}}")))
                .hasToString("{DROP_COLUMN=APPLY}");
        // What a preset decides of a kind that can't happen yet would tell somebody that it can.
        assertThat(EvolutionSettings.unusual(policy("tables: {table: '*', schema-evolution: evolve}")))
                .hasToString("{DROP_COLUMN=APPLY, INCOMPATIBLE=FAIL}");
    }

    @Test
    void thePlanHasWhatIsNotUsual() {
        String plan = PlanJson.write(plan("tables: {table: shop.orders, schema-evolution: evolve}"));
        assertThat(plan)
                .containsOnlyOnce(
                        """
                              "schema-evolution" : {
                                "drop-column" : "apply",
                                "incompatible" : "fail"
                              },
                        """);
        assertThat(PlanJson.hash(plan("tables: {table: shop.orders, schema-evolution: evolve}")))
                .isNotEqualTo(PlanJson.hash(plan("tables: {table: shop.orders}")));
        assertThat(PlanJson.hash(plan("tables: {table: shop.orders, schema-evolution: {drop-column: keep-nullable}}")))
                .isEqualTo(PlanJson.hash(plan("tables: {table: shop.orders}")));
    }

    @Test
    void thePlanSaysOfTablesThatAValueNamesWhatTheEntriesSay() {
        assertThat(
                        PlanJson.write(
                                plan(
                                        """
                        route: [{from: orders, by: region, to: there.$by}, {from: refunds, to: shop.refunds}]
                        tables:
                          - {table: "there.*", schema-evolution: {preset: ignore, reorder: fail}}
                          - {table: there.eu, schema-evolution: lenient}
                        """)))
                .contains(
                        """
                                  "schema-evolution" : {
                                    "reorder" : "fail",
                                    "preset" : "ignore"
                                  }
                        """)
                .contains("\"schema-evolution\" : \"lenient\"\n");
    }

    private static EvolutionPolicy policy(String text) {
        return plan(text).tables().stream()
                .filter(table -> table.name().full().equals("shop.orders"))
                .findFirst()
                .orElseThrow()
                .evolution();
    }

    private static PipelinePlan plan(String text) {
        return Plans.plan(text);
    }
}

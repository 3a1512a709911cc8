package dev.firn.flink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.table.Decision;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import dev.firn.plan.CommitSettings;
import dev.firn.plan.EvolutionSettings;
import dev.firn.plan.EvolutionSettings.Form;
import dev.firn.plan.KeySettings;
import dev.firn.plan.MadeTables;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.TableSettings;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannedPoliciesTest {

    private static final TableName NAMED = new TableName("sales.orders");
    private static final EvolutionPolicy LENIENT = EvolutionPolicy.of(Preset.LENIENT);

    private static final PlannedPolicies POLICIES = new PlannedPolicies(
            Map.of(NAMED, EvolutionPolicy.of(Preset.EXCEPTION)),
            List.of(new MadeTables(
                    new TableTemplate("sales.$by"),
                    List.of(
                            said("sales.*", Form.WORD, Preset.LENIENT, Map.of()),
                            said("*.click", Form.MAPPING, null, Map.of(ChangeKind.REORDER, Decision.FAIL))))));

    private static TableSettings said(
            String tables, Form form, @Nullable Preset preset, Map<ChangeKind, Decision> decisions) {
        return new TableSettings(
                Selector.parse(tables),
                null,
                null,
                new TreeMap<>(),
                CommitSettings.NOTHING,
                new EvolutionSettings(form, preset, new TreeMap<>(decisions)),
                RuleSettings.NOTHING,
                KeySettings.NOTHING);
    }

    @Test
    void aTableThatThePlanNamesHasThePolicyOfThePlan() {
        assertThat(POLICIES.of(NAMED)).isEqualTo(EvolutionPolicy.of(Preset.EXCEPTION));
    }

    @Test
    void aTableThatAValueNamesHasWhatTheFileSaysOfItsName() {
        assertThat(POLICIES.of(new TableName("sales.view"))).isEqualTo(LENIENT);
        assertThat(POLICIES.of(new TableName("sales.click")))
                .isEqualTo(LENIENT.with(Map.of(ChangeKind.REORDER, Decision.FAIL)));
    }

    @Test
    void whatIsUsualHoldsForAllOthers() {
        assertThat(POLICIES.of(new TableName("ops.quarantine"))).isEqualTo(EvolutionPolicy.usual());
    }

    @Test
    void travelToTheTasks() throws IOException, ClassNotFoundException {
        PlannedPolicies arrived = InstantiationUtil.clone(POLICIES);
        assertThat(arrived.of(NAMED)).isEqualTo(EvolutionPolicy.of(Preset.EXCEPTION));
        assertThat(arrived.of(new TableName("sales.view"))).isEqualTo(LENIENT);
    }
}

package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.HaltOptions;
import dev.firn.definition.HoldOptions;
import dev.firn.definition.PipelineOptions;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.TableOptions;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.project.EnvironmentOptions;
import dev.firn.definition.project.ProjectOptions;
import dev.firn.definition.reference.Text;
import dev.firn.definition.table.EventTimeOptions;
import dev.firn.definition.table.ExpectOptions;
import dev.firn.definition.table.MaskOptions;
import dev.firn.definition.table.SchemaEvolutionOptions;
import dev.firn.definition.table.UniqueOptions;
import dev.firn.definition.testing.FakeIcebergSink;
import dev.firn.definition.testing.FakeKafkaSource;
import dev.firn.definition.tests.TestOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionConformanceTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                PipelineOptions.class,
                RouteOptions.class,
                TableOptions.class,
                HoldOptions.class,
                QuarantineOptions.class,
                HaltOptions.class,
                MaintenanceOptions.class,
                TestOptions.class,
                ExpectOptions.class,
                UniqueOptions.class,
                EventTimeOptions.class,
                MaskOptions.class,
                SchemaEvolutionOptions.class,
                ProjectOptions.class,
                EnvironmentOptions.class,
                FakeKafkaSource.class,
                FakeIcebergSink.class
            })
    void findsNothingInARecordThatKeepsTheRules(Class<? extends Record> options) {
        assertThat(OptionConformance.violations(options)).isEmpty();
    }

    @Test
    void findsEveryBrokenRule() {
        assertThat(OptionConformance.violations(Broken.class))
                .containsExactly(
                        "Broken has no @Component",
                        "on is a word of YAML 1.1",
                        "under_score is not kebab-case",
                        "undocumented has no @Doc sentence",
                        "undocumented has no @Example",
                        "both is required and has a default",
                        "neither is neither required nor has it a default",
                        "choice takes a word of YAML 1.1",
                        "misread has an @Example that YAML 1.1 reads otherwise: {k: off}",
                        "unbound has an @Example that does not bind: option `unbound` declares a value that does not bind:"
                                + " `many`: [option `unbound` is not a whole number: `many`]",
                        "hidden is @Secret under a name that does not say so, and no reference, which alone could stand there",
                        "hidden has an @Example that does not bind: option `hidden` declares a value that does not bind:"
                                + " `x`: [option `hidden` is a secret and stands here in clear]",
                        "twice has something that usually holds, and can't be left out",
                        "twice has an @Usually that does not bind: option `twice` declares a value that does not bind:"
                                + " `many`: [option `twice` is not a whole number: `many`]");
    }

    enum Choice {
        OFF,
        FULL
    }

    record Broken(
            @Required @Doc("A sentence.") @Example("x") String on,
            @Required @Doc("A sentence.") @Example("x") String under_score,
            @Required @Doc("no sentence") String undocumented,
            @Required @Default("x") @Doc("A sentence.") @Example("x") String both,
            @Doc("A sentence.") @Example("x") String neither,
            @Default("full") @Doc("A sentence.") @Example("full") Choice choice,
            @Doc("A sentence.") @Example("{k: off}") Map<String, Text> misread,
            @Default("1") @Doc("A sentence.") @Example("many") int unbound,
            @Required @Secret @Doc("A sentence.") @Example("x") String hidden,
            @Default("1") @Usually("many") @Doc("A sentence.") @Example("1") int twice) {}
}

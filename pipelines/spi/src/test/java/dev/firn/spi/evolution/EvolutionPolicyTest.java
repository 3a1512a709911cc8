package dev.firn.spi.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.table.Decision;
import dev.firn.definition.table.EvolutionRule;
import dev.firn.definition.table.SchemaEvolutionOptions.Preset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvolutionPolicyTest {

    /** The grammar's record and the kinds say the same words, and neither can see the other's. */
    @Test
    void kindsAreThoseOfTheGrammarInItsOrder() {
        assertThat(EvolutionRule.all())
                .extracting(EvolutionRule::kind)
                .containsExactlyElementsOf(
                        Arrays.stream(ChangeKind.values()).map(ChangeKind::word).toList());
    }

    @Test
    void decidesWhatTheGrammarSaysOfEachKind() {
        for (EvolutionRule rule : EvolutionRule.all()) {
            ChangeKind kind = ChangeKind.of(rule);
            assertThat(EvolutionPolicy.usual().of(kind)).isEqualTo(rule.usual());
            assertThat(EvolutionPolicy.of(Preset.LENIENT).of(kind)).isEqualTo(rule.of(Preset.LENIENT));
        }
    }

    @Test
    void takesOtherDecisionsForSomeKinds() {
        EvolutionPolicy policy =
                EvolutionPolicy.of(Preset.EXCEPTION).with(Map.of(ChangeKind.ADD_COLUMN, Decision.APPLY));
        assertThat(policy.of(ChangeKind.ADD_COLUMN)).isEqualTo(Decision.APPLY);
        assertThat(policy.of(ChangeKind.DROP_COLUMN)).isEqualTo(Decision.FAIL);
    }

    @Test
    void saysWhatHasDecidedSo() {
        EvolutionPolicy policy =
                EvolutionPolicy.of(Preset.TRY_EVOLVE).with(Map.of(ChangeKind.DROP_COLUMN, Decision.KEEP_NULLABLE));
        assertThat(policy.why(ChangeKind.DROP_COLUMN)).isEqualTo("drop-column: keep-nullable");
        assertThat(policy.why(ChangeKind.ADD_COLUMN)).isEqualTo("preset try_evolve");
        assertThat(EvolutionPolicy.usual().why(ChangeKind.ADD_COLUMN)).isEqualTo("default");
    }

    @Test
    void refusesToLeaveAKindOpen() {
        assertThatThrownBy(() -> new EvolutionPolicy(Map.of(ChangeKind.ADD_COLUMN, Decision.APPLY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("our bug: a policy without a decision for each kind: {ADD_COLUMN=APPLY}");
    }

    @Test
    void travelsToTheTasks() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(EvolutionPolicy.of(Preset.IGNORE));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(EvolutionPolicy.of(Preset.IGNORE));
        }
    }
}

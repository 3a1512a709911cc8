package dev.firn.spi.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.schema.TableName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody decides about a table that waits takes the place of {@code pause-table}, and of nothing else. */
class DecidedPausesTest {

    private static final TableName ORDERS = new TableName("shop.orders");
    private static final EvolutionPolicies FILE = table -> EvolutionPolicy.usual()
            .with(Map.of(
                    ChangeKind.WIDEN_TYPE, Decision.PAUSE_TABLE,
                    ChangeKind.NARROW_TYPE, Decision.PAUSE_TABLE,
                    ChangeKind.ADD_COLUMN, Decision.FAIL));

    @Test
    void takesThePlaceOfAPause() {
        EvolutionPolicy policy = new DecidedPauses(FILE, ORDERS, Decision.APPLY).of(ORDERS);

        assertThat(policy.of(ChangeKind.WIDEN_TYPE)).isEqualTo(Decision.APPLY);
        assertThat(policy.why(ChangeKind.WIDEN_TYPE)).isEqualTo("firn table resume");
    }

    @Test
    void leavesAKindPausedForWhichItMeansNothing() {
        EvolutionPolicy policy = new DecidedPauses(FILE, ORDERS, Decision.APPLY).of(ORDERS);

        assertThat(policy.of(ChangeKind.NARROW_TYPE)).isEqualTo(Decision.PAUSE_TABLE);
        assertThat(policy.why(ChangeKind.NARROW_TYPE)).isEqualTo("narrow-type: pause-table");
    }

    @Test
    void leavesWhatTheFileDecides() {
        EvolutionPolicy policy = new DecidedPauses(FILE, ORDERS, Decision.IGNORE).of(ORDERS);

        assertThat(policy.of(ChangeKind.ADD_COLUMN)).isEqualTo(Decision.FAIL);
        assertThat(policy.of(ChangeKind.NARROW_TYPE)).isEqualTo(Decision.IGNORE);
        assertThat(policy.of(ChangeKind.DROP_COLUMN)).isEqualTo(Decision.KEEP_NULLABLE);
    }

    @Test
    void isAboutOneTable() {
        EvolutionPolicy policy = new DecidedPauses(FILE, ORDERS, Decision.APPLY).of(new TableName("shop.refunds"));

        assertThat(policy.of(ChangeKind.WIDEN_TYPE)).isEqualTo(Decision.PAUSE_TABLE);
    }
}

package dev.firn.flink.resume;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.resume.Resumption.Move;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of cases of ADR 0010, without a job. */
class ResumptionTest {

    private static final TableName LEDGER = new TableName("sales.firn_ledger");
    private static final String FOLDER = "/firn/chk-12";

    private static SavedState state(Map<Split, Long> positions, Epoch... epochs) {
        return new SavedState(FOLDER, positions, List.of(epochs), 0, 1);
    }

    private static Epoch epoch(long number, SplitProgress... progress) {
        return new Epoch(number, 1, "plan", number, List.of(progress), List.of(), List.of());
    }

    private static LedgerState ledger(long lastEpoch, Map<Split, Long> positions) {
        return new LedgerState(lastEpoch, 3, positions, List.of());
    }

    private static List<String> said(Resumption resumption) {
        return resumption.sentences("the newest of 3 checkpoints");
    }

    @Test
    void goesOnWhereStateAndLedgerAreAtOnePosition() {
        Resumption same = Resumption.of(state(Map.of(ORDERS_0, 80L)), ledger(41, Map.of(ORDERS_0, 80L)), LEDGER);

        assertThat(same.moves()).isEmpty();
        assertThat(said(same))
                .containsExactly(
                        "goes on from /firn/chk-12 (the newest of 3 checkpoints)",
                        "the ledger ends with epoch 41, at the same positions");
    }

    @Test
    void movesForwardWhereTheStateIsBehind() {
        Resumption behind = Resumption.of(
                state(Map.of(ORDERS_0, 80L, ORDERS_1, 5L), epoch(41, new SplitProgress(ORDERS_0, 60, 80, 20))),
                ledger(43, Map.of(ORDERS_0, 1120L, ORDERS_1, 5L)),
                LEDGER);

        assertThat(behind.moves()).containsExactly(new Move(ORDERS_0, 80, 1120));
        assertThat(said(behind))
                .containsExactly(
                        "goes on from /firn/chk-12 (the newest of 3 checkpoints), which ends with epoch 41",
                        "the ledger ends with epoch 43, ahead of that: 1 of 2 partitions move forward, and what the"
                                + " ledger has is not read again: kafka/orders-0 from 80 to 1,120");
    }

    @Test
    void namesAFewSplitsThatMoveAndCountsTheRest() {
        Map<Split, Long> saved = new TreeMap<>();
        Map<Split, Long> known = new TreeMap<>();
        for (int partition = 0; partition < 10_000; partition++) {
            Split split = new Split("kafka", "orders", partition, "id");
            saved.put(split, 1L);
            known.put(split, 2L);
        }

        assertThat(said(Resumption.of(state(saved), ledger(7, known), LEDGER)).get(1))
                .isEqualTo(
                        "the ledger ends with epoch 7, ahead of that: 10000 of 10000 partitions move forward, and what"
                                + " the ledger has is not read again: kafka/orders-0 from 1 to 2, kafka/orders-1 from 1 to 2,"
                                + " kafka/orders-2 from 1 to 2 and 9997 more");
    }

    @Test
    void writesAheadWhatTheStateAloneHas() {
        Resumption ahead = Resumption.of(
                state(
                        Map.of(ORDERS_0, 120L),
                        epoch(41, new SplitProgress(ORDERS_0, 60, 80, 20)),
                        epoch(42, new SplitProgress(ORDERS_0, 80, 100, 20)),
                        epoch(43, new SplitProgress(ORDERS_0, 100, 120, 20))),
                ledger(41, Map.of(ORDERS_0, 80L)),
                LEDGER);

        assertThat(ahead.epochs()).extracting(Epoch::number).containsExactly(42L, 43L);
        assertThat(said(ahead))
                .containsExactly(
                        "goes on from /firn/chk-12 (the newest of 3 checkpoints), which ends with epoch 43",
                        "the ledger ends with epoch 41: the state's own epochs 42 to 43 are written ahead first");
    }

    @Test
    void refusesAStateThatIsFurtherAhead() {
        assertThatThrownBy(() -> Resumption.of(
                        state(Map.of(ORDERS_0, 121L), epoch(42, new SplitProgress(ORDERS_0, 80, 120, 40))),
                        ledger(41, Map.of(ORDERS_0, 80L)),
                        LEDGER))
                .isInstanceOf(StateRefused.class)
                .hasMessage("`/firn/chk-12` is ahead of the ledger `sales.firn_ledger`, which ends with epoch 41:"
                        + " kafka/orders-0 is at 121 there, at 120 in the ledger. Rows between would be missing: the ledger"
                        + " was dropped or rolled back, or the state is another pipeline's. Bring `sales.firn_ledger` back"
                        + " to its newest snapshot, or take an older state with `--resume FOLDER`");
    }

    @Test
    void refusesAStateWhoseEpochsDoNotFollowTheLedger() {
        assertThatThrownBy(() -> Resumption.of(
                        state(Map.of(ORDERS_0, 120L), epoch(43, new SplitProgress(ORDERS_0, 100, 120, 20))),
                        ledger(41, Map.of(ORDERS_0, 80L)),
                        LEDGER))
                .isInstanceOf(StateRefused.class)
                .hasMessage("`/firn/chk-12` is ahead of the ledger `sales.firn_ledger`, which ends with epoch 41: it"
                        + " holds epoch 43, and nobody has the one before. Rows between would be missing: the ledger was"
                        + " dropped or rolled back, or the state is another pipeline's. Bring `sales.firn_ledger` back to"
                        + " its newest snapshot, or take an older state with `--resume FOLDER`");
    }

    @Test
    void refusesAStateWhoseLedgerIsGone() {
        assertThatThrownBy(() -> Resumption.of(state(Map.of(ORDERS_0, 80L)), ledger(0, Map.of()), LEDGER))
                .isInstanceOf(StateRefused.class)
                .hasMessage("`/firn/chk-12` is ahead of the ledger `sales.firn_ledger`, which has no epoch:"
                        + " kafka/orders-0 is at 80 there, and unknown to the ledger. Rows between would be missing: the"
                        + " ledger was dropped or rolled back, or the state is another pipeline's. Bring"
                        + " `sales.firn_ledger` back to its newest snapshot");
    }

    @Test
    void refusesAStateOfAnotherTopicOfTheSameName() {
        Split anew = new Split("kafka", "orders", 0, "another");

        assertThatThrownBy(() -> Resumption.of(state(Map.of(ORDERS_0, 80L)), ledger(41, Map.of(anew, 80L)), LEDGER))
                .isInstanceOf(StateRefused.class)
                .hasMessage("`/firn/chk-12` and the ledger `sales.firn_ledger` count in different topics of the name"
                        + " `orders`: id `" + ORDERS_0.incarnation()
                        + "` and id `another`. The topic was deleted and made"
                        + " anew between them; go on from the ledger with `--resume ledger`");
    }

    @Test
    void leavesWhatTheStateDoesNotKnowToTheLedger() {
        Resumption older =
                Resumption.of(state(Map.of(ORDERS_0, 80L)), ledger(41, Map.of(ORDERS_0, 80L, ORDERS_1, 9L)), LEDGER);

        assertThat(older.moves()).isEmpty();
    }

    @Test
    void refusesAStateOfBeforeARewind() {
        LedgerState rewound = new LedgerState(
                6,
                4,
                Map.of(ORDERS_0, 50L),
                List.of(),
                Map.of(),
                List.of(new Rewound(2, 5, 2), new Rewound(3, 6, 4)),
                Map.of());
        SavedState before = new SavedState(FOLDER, Map.of(ORDERS_0, 50L), List.of(), 0, 3);
        SavedState behind = new SavedState(FOLDER, Map.of(ORDERS_0, 50L), List.of(), 0, 4);

        assertThatThrownBy(() -> Resumption.of(before, rewound, LEDGER))
                .isInstanceOf(StateRefused.class)
                .hasMessage("`/firn/chk-12` is of before run 4, which has taken the ledger `sales.firn_ledger` back to"
                        + " epoch 3: go on from the ledger with `--resume ledger`");
        assertThat(Resumption.of(behind, rewound, LEDGER).moves()).isEmpty();
    }

    @Test
    void saysThatStateIsLeftBehind() {
        Resumption resumption =
                Resumption.of(new SavedState(FOLDER, Map.of(), List.of(), 2, 1), ledger(41, Map.of()), LEDGER);

        assertThat(said(resumption))
                .last()
                .isEqualTo(
                        "the state of 2 operators that the file does not have any more is left behind; the ledger keeps"
                                + " the positions of their sources");
    }
}

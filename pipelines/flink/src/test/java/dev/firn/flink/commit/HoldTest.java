package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.ByteSize;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.TableCommits;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table that can't be committed to: who is told, how long it may last, and what waits meanwhile. */
class HoldTest {

    private static final Duration CHECKPOINT = Duration.ofSeconds(30);
    private final OutsideException down = new OutsideException("the catalog does not answer for it");

    private final FakeLake lake = FakeLake.create();

    private RecordedLanes start(Map<TableName, TableCommits> tables) {
        return RecordedLanes.of(lake, tables);
    }

    private static TableCommits hold(Duration time, ByteSize bytes) {
        return new TableCommits(Duration.ZERO, time, bytes);
    }

    @Test
    void tellsOnceThatATableIsHeldAndOnceThatItHasCaughtUp() {
        RecordedLanes lanes = start(Map.of());
        lake.faults().always("commit sales.orders", down);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.looks();
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.passes(CHECKPOINT);
        assertThat(lanes.told).containsExactly("held: sales.orders: the catalog does not answer for it");
        assertThat(lake.rows(REFUNDS)).containsExactly("row 1", "row 2");

        lake.faults().mend("commit sales.orders");
        lanes.passes(CHECKPOINT);
        lanes.passes(CHECKPOINT);
        assertThat(lanes.told).last().isEqualTo("caught up: sales.orders 2");
        assertThat(lanes.told).hasSize(2);
        assertThat(lake.events()).containsExactly("sales.refunds 1", "sales.refunds 2", "sales.orders 1+2");
    }

    @Test
    void saysHowATableFares() {
        RecordedLanes lanes = start(Map.of());
        lake.faults().always("commit sales.orders", down);
        lanes.checkpoint(ORDERS);
        lanes.passes(Duration.ofMinutes(5));
        lanes.checkpoint(ORDERS);
        TableHealth health = lanes.health(ORDERS);
        assertThat(health)
                .isEqualTo(new TableHealth(
                        ORDERS,
                        2,
                        2,
                        200,
                        Duration.ofMinutes(5),
                        health.failedAttempts(),
                        health.heldFor(),
                        "the catalog does not answer for it",
                        0,
                        Optional.empty()));
        assertThat(health.failedAttempts()).isBetween(10, 30);
        assertThat(health.heldFor()).contains(Duration.ofMinutes(5));

        lake.faults().mend("commit sales.orders");
        lanes.passes(CHECKPOINT);
        assertThat(lanes.health(ORDERS))
                .isEqualTo(
                        new TableHealth(ORDERS, 0, 0, 0, Duration.ZERO, 0, Optional.empty(), "", 2, Optional.empty()));
    }

    @Test
    void stopsWhenATableHasBeenHeldForAsLongAsTheFileSays() {
        RecordedLanes lanes = start(Map.of(ORDERS, hold(Duration.ofHours(1), ByteSize.ofGibibytes(50))));
        lake.faults().always("commit sales.orders", down);
        lake.faults().always("commit sales.refunds", down);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.passes(Duration.ofHours(1));
        lanes.told.clear();
        lanes.passes(Duration.ofSeconds(1));
        lanes.passes(Duration.ofSeconds(1));
        assertThat(lanes.told)
                .containsExactly("too long: table `sales.orders` is held for 1h, as far as its `hold` goes: the catalog"
                        + " does not answer for it; what is staged for it is in the ledger, and the next run commits"
                        + " it");

        lanes.told.clear();
        lanes.passes(Duration.ofHours(11));
        assertThat(lanes.told)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("too long: table `sales.refunds` is held for 12h,");
        lake.faults().mend("commit sales.orders");
        lanes.passes(Duration.ofHours(1));
        assertThat(lake.rows(ORDERS)).as("nothing is tried any more").isEmpty();
    }

    @Test
    void stopsWhenMoreIsStagedForAHeldTableThanTheFileAllows() {
        RecordedLanes lanes = start(Map.of(ORDERS, hold(Duration.ofHours(12), new ByteSize(250))));
        lake.faults().always("commit sales.orders", down);
        lanes.checkpoint(ORDERS);
        lanes.checkpoint(ORDERS);
        lanes.looks();
        assertThat(lanes.told).hasSize(1);
        lanes.checkpoint(ORDERS);
        lanes.looks();
        assertThat(lanes.told)
                .last()
                .asString()
                .startsWith(
                        "too long: table `sales.orders` is held with 300 bytes staged, as far as its `hold` goes: ");
    }

    @Test
    void whatAnIntervalHoldsBackIsNotHeld() {
        RecordedLanes lanes =
                start(Map.of(ORDERS, new TableCommits(Duration.ofHours(1), Duration.ofMinutes(1), new ByteSize(100))));
        lanes.checkpoint(ORDERS);
        for (int checkpoint = 0; checkpoint < 100; checkpoint++) {
            lanes.passes(CHECKPOINT);
            lanes.checkpoint(ORDERS);
        }
        assertThat(lanes.told).isEmpty();
        assertThat(lanes.health(ORDERS).stagedBytes()).isEqualTo(100 * 100);
    }

    @Test
    void aTableThatRefusesHoldsItselfUntilSomebodyMendsIt() {
        RecordedLanes lanes = start(Map.of());
        lake.faults().always("commit sales.orders", new CommitRefused("table `sales.orders` was rolled back"));
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.looks();
        lanes.checkpoint(REFUNDS);
        assertThat(lanes.told).containsExactly("held: sales.orders: table `sales.orders` was rolled back");
        assertThat(lake.rows(REFUNDS)).hasSize(2);

        lake.faults().mend("commit sales.orders");
        lanes.passes(CHECKPOINT);
        assertThat(lake.rows(ORDERS)).containsExactly("row 1");
    }

    @Test
    void alarmsWhenWhatIsStagedGetsOldWhateverTheReason() {
        RecordedLanes lanes = start(Map.of(ORDERS, hold(Duration.ofDays(5), ByteSize.ofGibibytes(1))));
        lake.faults().always("commit sales.orders", down);
        lanes.checkpoint(ORDERS);
        lanes.passes(TableCommits.HALF_ORPHAN_AGE);
        lanes.told.clear();
        lanes.passes(Duration.ofSeconds(1));
        lanes.passes(Duration.ofHours(1));
        assertThat(lanes.told).containsExactly("old: sales.orders 36h");
    }

    @Test
    void knowsFromTheLedgerHowOldWhatIsOpenIs() {
        RecordedLanes before = start(Map.of());
        lake.faults().always("commit sales.orders", down);
        before.checkpoint(ORDERS);
        lake.ledger().writtenBefore(Duration.ofHours(40));

        RecordedLanes lanes = start(Map.of());
        lanes.lanes.rollForward();
        lanes.pool.runDue();
        lanes.looks();
        assertThat(lanes.told)
                .containsExactly("held: sales.orders: the catalog does not answer for it", "old: sales.orders 40h");
    }

    @Test
    void aCommitThatDoesNotComeBackIsHeldLikeOneThatFails() {
        RecordedLanes lanes = start(Map.of(ORDERS, hold(Duration.ofHours(1), ByteSize.ofGibibytes(1))));
        lake.faults().meanwhile("commit sales.orders", () -> {
            lanes.pool.passes(Duration.ofSeconds(59));
            lanes.looks();
            assertThat(lanes.told).isEmpty();
            lanes.pool.passes(Duration.ofSeconds(2));
            lanes.looks();
            assertThat(lanes.told)
                    .containsExactly("held: sales.orders: a commit to `sales.orders` has not come back for 1m");
            lanes.pool.passes(Duration.ofHours(1));
            lanes.looks();
        });
        lanes.checkpoint(ORDERS);
        assertThat(lanes.told)
                .last()
                .isEqualTo("too long: table `sales.orders` is held for 1h, as far as its `hold` goes: a commit to"
                        + " `sales.orders` has not come back for 61m; what is staged for it is in the ledger, and the"
                        + " next run commits it");
    }

    @Test
    void pointersThatMemoryHasNoRoomForAreReadFromTheLedgerAgain() {
        RecordedLanes lanes = RecordedLanes.withMemory(lake, 2_000);
        lake.faults().always("commit sales.orders", down);
        for (int checkpoint = 1; checkpoint <= 700; checkpoint++) {
            lanes.checkpoint(ORDERS, REFUNDS);
        }
        assertThat(lanes.health(ORDERS).openEpochs()).isEqualTo(700);
        assertThat(lanes.health(ORDERS).stagedBytes()).isEqualTo(70_000);
        assertThat(lake.rows(REFUNDS)).hasSize(700);

        lake.faults().mend("commit sales.orders");
        lanes.passes(CHECKPOINT);
        assertThat(lake.rows(ORDERS))
                .hasSize(700)
                .doesNotHaveDuplicates()
                .startsWith("row 1", "row 2", "row 3")
                .endsWith("row 700");
        assertThat(lanes.health(ORDERS).openEpochs()).isZero();
        assertThat(lanes.health(ORDERS).stagedBytes()).isZero();
        assertThat(lake.ledger().stagedReads()).as("three had room").isEqualTo(1 + 697 / StagedQueue.READ_AT_ONCE);

        lanes.checkpoint(ORDERS);
        assertThat(lake.rows(ORDERS)).hasSize(701);
    }

    @Test
    void memoryIsGivenBackWhenATableHasCaughtUp() {
        RecordedLanes lanes = RecordedLanes.withMemory(lake, 2_000);
        for (int round = 1; round <= 20; round++) {
            lake.faults().always("commit sales.orders", down);
            lanes.checkpoint(ORDERS);
            lanes.checkpoint(ORDERS);
            lake.faults().mend("commit sales.orders");
            lanes.passes(CHECKPOINT);
        }
        assertThat(lake.rows(ORDERS)).hasSize(40);
        assertThat(lake.ledger().stagedReads())
                .as("two had room, time after time")
                .isZero();
    }

    @Test
    void aHeldTableCatchesUpInOneCommit() {
        RecordedLanes lanes = start(Map.of());
        lake.faults().always("commit sales.orders", down);
        for (int checkpoint = 1; checkpoint <= 120; checkpoint++) {
            lanes.checkpoint(ORDERS);
        }
        lake.faults().mend("commit sales.orders");
        lanes.passes(CHECKPOINT);
        assertThat(lake.events()).hasSize(1);
        assertThat(lake.rows(ORDERS)).hasSize(120);
        lanes.checkpoint(REFUNDS);
        assertThat(lake.ledger().settled()).last().isEqualTo(120L);
    }

    @Test
    void aTableThatIsHeldKeepsTheLedgerFromForgettingItsEpochs() {
        RecordedLanes lanes = start(Map.of());
        lanes.checkpoint(ORDERS, REFUNDS);
        lake.faults().always("commit sales.orders", down);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(REFUNDS);
        assertThat(lake.ledger().settled()).isEqualTo(List.of(0L, 1L, 1L, 1L));
    }
}

package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.HoldOptions.Then;
import dev.firn.definition.bind.ByteSize;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.TableCommits;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table that the job goes on without: what the ledger says of it, what waits, and how it comes back. */
class DetachTest {

    private static final Duration A_WHILE = Duration.ofMinutes(10);
    private static final String DOWN = "the catalog does not answer for it";

    private final FakeLake lake = FakeLake.create();
    private final Map<TableName, TableCommits> rules =
            Map.of(ORDERS, new TableCommits(Duration.ZERO, Duration.ofHours(1), new ByteSize(250), Then.DETACH));

    private RecordedLanes start() {
        return RecordedLanes.of(lake, rules);
    }

    /** A job whose first epoch is in its tables, and whose next three wait for one that is detached then. */
    private RecordedLanes detached() {
        RecordedLanes lanes = start();
        lanes.checkpoint(ORDERS, REFUNDS);
        lake.faults().always("commit sales.orders", new OutsideException(DOWN));
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.looks();
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.looks();
        lanes.pool.runDue();
        return lanes;
    }

    private void mend() {
        lake.faults().mend("commit sales.orders");
    }

    @Test
    void theJobGoesOnWithoutATableThatHasPassedALimit() {
        RecordedLanes lanes = detached();

        assertThat(lanes.told).containsExactly("held: sales.orders: " + DOWN, "detached: sales.orders behind 1");
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS);
        assertThat(lake.ledger().detached().get(ORDERS))
                .extracting(DetachedTable::after, DetachedTable::epoch, DetachedTable::reason)
                .containsExactly(1L, 4L, DOWN);

        lanes.passes(Duration.ofDays(30));
        lanes.checkpoint(REFUNDS);
        assertThat(lake.rows(REFUNDS)).hasSize(5);
        assertThat(lanes.told).last().isEqualTo("old: sales.orders 720h");
        assertThat(lanes.health(ORDERS).isHeld()).isFalse();
        assertThat(lanes.health(ORDERS).openEpochs()).isEqualTo(3);
    }

    @Test
    void alsoWhereALimitOfTimeIsPassed() {
        RecordedLanes lanes = start();
        lake.faults().always("commit sales.orders", new OutsideException(DOWN));
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.passes(Duration.ofHours(1));
        assertThat(lanes.told).hasSize(1);
        lanes.passes(Duration.ofSeconds(1));
        lanes.pool.runDue();
        assertThat(lanes.told).last().isEqualTo("detached: sales.orders behind 0");
    }

    @Test
    void epochsAreSettledWithoutIt() {
        RecordedLanes lanes = detached();
        lanes.checkpoint(REFUNDS);
        // A writer that did not know yet.
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(REFUNDS);

        assertThat(lake.ledger().settled()).containsExactly(0L, 1L, 1L, 1L, 4L, 5L, 6L);
        assertThat(lake.ledger().waiting()).containsEntry(ORDERS, new WaitingEpochs(4, 4, 400, 2, 6));
    }

    @Test
    void whatWaitsGoesInAsSoonAsItIsMendedAndThenItIsAttached() {
        RecordedLanes lanes = detached();
        lanes.passes(Duration.ofHours(5));
        mend();
        lanes.passes(TableLane.DETACHED_PAUSE);

        assertThat(lake.rows(ORDERS)).containsExactly("row 1", "row 2", "row 3", "row 4");
        assertThat(lake.ledger().detached()).isEmpty();
        assertThat(lanes.told).last().isEqualTo("attached: sales.orders 4");
        lanes.looks();
        lanes.checkpoint(ORDERS, REFUNDS);
        assertThat(lake.rows(ORDERS)).hasSize(5);
        lanes.checkpoint(REFUNDS);
        assertThat(lake.ledger().settled()).last().isEqualTo(5L);
        assertThat(lanes.told).last().isEqualTo("attached: sales.orders 4");
    }

    @Test
    void anAttachedTableHoldsItsEpochsAgain() {
        RecordedLanes lanes = detached();
        mend();
        lanes.passes(A_WHILE);
        lake.faults().always("commit sales.orders", new OutsideException(DOWN));
        lanes.checkpoint(ORDERS);
        lanes.checkpoint(REFUNDS);
        lanes.checkpoint(REFUNDS);

        assertThat(lake.ledger().settled()).last().isEqualTo(4L);
        lanes.looks();
        lanes.passes(Duration.ofMinutes(61));
        lanes.pool.runDue();
        assertThat(lanes.told).last().isEqualTo("detached: sales.orders behind 4");
    }

    @Test
    void aJobThatStartsKnowsWhatWaits() {
        detached();
        lake.ledger().writtenBefore(Duration.ofHours(2));

        RecordedLanes lanes = start();
        lanes.lanes.rollForward();
        lanes.pool.runDue();
        lanes.looks();
        lanes.checkpoint(REFUNDS);

        TableHealth health = lanes.health(ORDERS);
        assertThat(health.openEpochs()).isEqualTo(3);
        assertThat(health.stagedRecords()).isEqualTo(3);
        assertThat(health.stagedBytes()).isEqualTo(300);
        assertThat(health.detached()).isPresent();
        assertThat(lanes.told).as("it is not held, the others go on").isEmpty();
        assertThat(lake.ledger().settled()).last().isEqualTo(4L);

        mend();
        lanes.passes(A_WHILE);
        assertThat(lanes.told).containsExactly("attached: sales.orders 4");
        assertThat(lake.rows(ORDERS)).containsExactly("row 1", "row 2", "row 3", "row 4");
        assertThat(lake.events()).endsWith("sales.refunds 5", "sales.orders 2+3+4");
    }

    @Test
    void aJobThatStartsTakesNoEpochOfItForSettledBecauseTheOthersAre() {
        RecordedLanes before = detached();
        before.checkpoint(REFUNDS);
        before.checkpoint(REFUNDS);
        assertThat(lake.ledger().read().open()).hasSize(1);

        RecordedLanes lanes = start();
        lanes.lanes.rollForward();
        mend();
        lanes.passes(A_WHILE);
        assertThat(lake.rows(ORDERS)).containsExactly("row 1", "row 2", "row 3", "row 4");
    }

    @Test
    void itIsNotAttachedWhileAnythingWaits() {
        RecordedLanes before = detached();
        for (int more = 1; more <= StagedQueue.READ_AT_ONCE; more++) {
            before.checkpoint(ORDERS);
        }
        // The epochs without it are settled, so it is not the open ones that tell that something waits.
        before.checkpoint(REFUNDS);
        before.checkpoint(REFUNDS);
        RecordedLanes lanes = start();
        mend();
        // The first part goes in, the rest does not.
        lake.faults().meanwhile("commit sales.orders", () -> lake.faults()
                .always("commit sales.orders", new OutsideException(DOWN)));
        lanes.lanes.rollForward();
        lanes.pool.runDue();
        assertThat(lake.rows(ORDERS)).hasSize(1 + StagedQueue.READ_AT_ONCE);
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS);

        lake.faults().meanwhile("commit sales.orders", () -> {});
        mend();
        lanes.passes(A_WHILE);
        assertThat(lake.rows(ORDERS)).hasSize(4 + StagedQueue.READ_AT_ONCE).doesNotHaveDuplicates();
        assertThat(lake.ledger().detached()).isEmpty();
    }

    @Test
    void aTableThatComesAndGoesLosesNothingWithLittleMemory() {
        RecordedLanes lanes = RecordedLanes.withMemory(lake, 1_000, rules);
        lanes.checkpoint(ORDERS);
        for (int round = 1; round <= 5; round++) {
            lake.faults().always("commit sales.orders", new OutsideException(DOWN));
            lanes.checkpoint(ORDERS);
            lanes.checkpoint(ORDERS);
            lanes.checkpoint(ORDERS);
            lanes.looks();
            lanes.pool.runDue();
            assertThat(lanes.health(ORDERS).detached()).isPresent();
            assertThat(lanes.health(ORDERS).openEpochs()).isEqualTo(3);
            mend();
            lanes.passes(A_WHILE);
            assertThat(lanes.health(ORDERS).openEpochs()).isZero();
        }
        assertThat(lake.rows(ORDERS)).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitsForATableThatIsDetachedTakesNoMemory() {
        RecordedLanes lanes = start();
        lanes.checkpoint(ORDERS, ORDERS);
        StagedEpoch one = lake.ledger().staged(ORDERS, 0, 1).get(0);
        PointerMemory memory = new PointerMemory(1_500);
        StagedQueue queue = new StagedQueue(ORDERS, lake.ledger(), memory);
        queue.add(one, 7);
        assertThat(memory.take(one)).isFalse();

        queue.countOnly();

        assertThat(memory.take(one)).isTrue();
        assertThat(queue.waiting()).isEqualTo(new StagedQueue.Waiting(1, 2, 200, 7));
        assertThat(queue.next().epochs()).hasSize(1);
        queue.landed(queue.next());
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void theLedgerIsWrittenAgainUntilItTakesIt() {
        lake.faults().always("detach", new OutsideException("503"));
        RecordedLanes lanes = detached();
        lanes.checkpoint(REFUNDS);
        assertThat(lake.ledger().settled())
                .as("nothing is given up before")
                .last()
                .isEqualTo(1L);
        assertThat(lake.ledger().detached()).isEmpty();

        lake.faults().mend("detach");
        lanes.passes(Duration.ofSeconds(30));
        assertThat(lanes.told).last().isEqualTo("detached: sales.orders behind 1");
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS);
    }

    @Test
    void aTableThatComesBackBeforeTheLedgerSaysItIsDetachedIsNot() {
        lake.faults().always("detach", new OutsideException("503"));
        RecordedLanes lanes = detached();
        mend();
        lanes.passes(Duration.ofSeconds(15));
        lake.faults().mend("detach");
        lanes.passes(Duration.ofSeconds(30));

        assertThat(lake.rows(ORDERS)).hasSize(4);
        assertThat(lake.ledger().detached()).isEmpty();
        assertThat(lanes.told).containsExactly("held: sales.orders: " + DOWN, "caught up: sales.orders 4");
    }

    @Test
    void itIsNotAttachedBeforeTheLedgerSaysSo() {
        RecordedLanes lanes = detached();
        lake.faults().always("attach", new OutsideException("503"));
        mend();
        lanes.passes(A_WHILE);
        assertThat(lanes.health(ORDERS).detached()).isPresent();

        lake.faults().mend("attach");
        lanes.passes(Duration.ofMinutes(1));
        assertThat(lanes.health(ORDERS).detached()).isEqualTo(Optional.empty());
        assertThat(lake.ledger().detached()).isEmpty();
    }

    @Test
    void anOlderRunDetachesNothing() {
        RecordedLanes lanes = start();
        lake.faults().always("commit sales.orders", new OutsideException(DOWN));
        lanes.checkpoint(ORDERS);
        lake.ledger().claimRun();
        lanes.passes(Duration.ofHours(1));
        lanes.passes(Duration.ofSeconds(1));
        lanes.pool.runDue();

        assertThat(lanes.told)
                .last()
                .isEqualTo("stop: run 1 stops: run 2 of this pipeline has started since and writes its tables");
        assertThat(lake.ledger().detached()).isEmpty();
    }

    @Test
    void whatIsGoneBeforeItIsCommittedIsNotCommitted() {
        RecordedLanes lanes = detached();
        lake.faults().always("staged sales.orders", new OutsideException("a file is gone"));
        mend();
        lanes.passes(A_WHILE);
        assertThat(lake.rows(ORDERS)).containsExactly("row 1");
        assertThat(lanes.health(ORDERS).reason()).isEqualTo("a file is gone");
    }
}

package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firn.definition.HoldOptions.Then;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.TableCommits;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a start does about tables that are detached. */
class ReattachmentTest {

    private final OutsideException down = new OutsideException("the catalog does not answer for it");

    private final FakeLake lake = FakeLake.create();
    private final Lake opened = lake.factory().open(SystemReferences.ofThisProcess());

    /** One epoch is in both tables, two more wait for both. */
    private void detachBoth() {
        TableCommits hold = new TableCommits(Duration.ZERO, Duration.ofHours(1), new ByteSize(1 << 20), Then.DETACH);
        RecordedLanes lanes = RecordedLanes.of(lake, Map.of(ORDERS, hold, REFUNDS, hold));
        lanes.checkpoint(ORDERS, REFUNDS);
        lake.faults().always("commit sales.orders", down);
        lake.faults().always("commit sales.refunds", down);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.passes(Duration.ofHours(2));
        lanes.pool.runDue();
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS, REFUNDS);
    }

    private List<Reattachment.Outcome> start() throws InterruptedException {
        return new Reattachment(opened, lake.ledger().claimRun(), Duration.ofMillis(300)).run();
    }

    @Test
    void takesWhatWaitsToItsTableAndAttachesIt() throws Exception {
        detachBoth();
        lake.faults().mend("commit sales.orders");

        List<Reattachment.Outcome> outcomes = start();

        assertThat(outcomes)
                .extracting(
                        outcome -> outcome.table().table(), Reattachment.Outcome::waited, outcome -> outcome.reason())
                .containsExactly(
                        tuple(ORDERS, new WaitingEpochs(2, 2, 200, 2, 3), Optional.empty()),
                        tuple(
                                REFUNDS,
                                new WaitingEpochs(2, 2, 200, 2, 3),
                                Optional.of("the catalog does not answer for it")));
        assertThat(lake.rows(ORDERS)).containsExactly("row 1", "row 2", "row 3");
        assertThat(lake.ledger().detached()).containsOnlyKeys(REFUNDS);

        lake.faults().mend("commit sales.refunds");
        start();
        assertThat(lake.rows(REFUNDS)).containsExactly("row 1", "row 2", "row 3");
        assertThat(lake.ledger().detached()).isEmpty();
        assertThat(start()).isEmpty();
    }

    @Test
    void doesNotWaitForOneThatHangs() throws Exception {
        detachBoth();
        lake.faults().mend("commit sales.refunds");
        lake.faults().mend("commit sales.orders");
        CountDownLatch test = new CountDownLatch(1);
        lake.faults().meanwhile("commit sales.orders", () -> {
            try {
                test.await();
            } catch (InterruptedException given) {
                Thread.currentThread().interrupt();
            }
        });

        List<Reattachment.Outcome> outcomes = start();

        assertThat(outcomes.get(0).reason()).contains("a commit to `sales.orders` has not come back for 0s");
        assertThat(outcomes.get(1).reason()).isEmpty();
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS);
        test.countDown();
    }

    @Test
    void attachesNothingThatIsNotThere() throws Exception {
        detachBoth();
        lake.faults().always("last epoch sales.orders", down);
        lake.faults().mend("commit sales.orders");
        assertThat(start().get(0).reason()).contains("the catalog does not answer for it");
        assertThat(lake.ledger().detached()).containsKey(ORDERS);
    }

    @Test
    void commitsNothingOfWhichAFileIsGone() throws Exception {
        detachBoth();
        lake.faults().mend("commit sales.orders");
        lake.faults().always("staged sales.orders", new OutsideException("a file is gone"));
        assertThat(start().get(0).reason()).contains("a file is gone");
        assertThat(lake.rows(ORDERS)).containsExactly("row 1");
    }

    @Test
    void theEndOfARunLeavesThemAloneAndSaysSo() throws Exception {
        detachBoth();
        lake.faults().mend("commit sales.orders");
        assertThat(new RollForward(opened).run())
                .extracting(
                        RollForward.OpenTable::table,
                        RollForward.OpenTable::epochs,
                        RollForward.OpenTable::records,
                        open -> open.reason().getMessage())
                .contains(tuple(
                        ORDERS,
                        2,
                        2L,
                        "table `sales.orders` is detached since epoch 3: the catalog does not answer for it; a run"
                                + " attaches it again once it can be committed to"))
                .hasSize(2);
        assertThat(lake.rows(ORDERS)).containsExactly("row 1");
    }
}

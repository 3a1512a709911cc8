package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.epoch;
import static dev.firn.flink.testing.Records.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.HoldOptions.Then;
import dev.firn.definition.bind.ByteSize;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.TableCommits;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.sink.OlderRecordsWait;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table hears of records that wait in quarantine for it before anything newer comes to it, and before anybody could forget them. */
@Timeout(30)
class WaitingRecordsTest {

    private static final String WAITS_IN_1 = "sales.orders waits in 1";

    private final FakeLake lake = FakeLake.create();
    private RecordedLanes job = RecordedLanes.of(lake, Map.of());
    private long run = lake.ledger().read().lastRun();

    /** An epoch of which a record of orders has gone to quarantine. */
    private Epoch waiting(long number, String code) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(progress(ORDERS_0, number - 1, number)),
                List.of(new OutcomeCount(ORDERS_0, Outcome.QUARANTINED, ORDERS.full(), code, 1)),
                List.of(lake.stage(REFUNDS, List.of("another " + number))));
    }

    private void submit(Epoch epoch) {
        job.lanes.submit(List.of(epoch));
        job.pool.runDue();
    }

    private List<String> ofOrders() {
        return lake.events().stream()
                .filter(event -> event.startsWith("sales.orders"))
                .toList();
    }

    @Test
    void aTableHearsOfThemBeforeItGetsWhatIsBehindThem() {
        lake.faults().always("keep order sales.orders", new OutsideException("the catalog is down"));
        submit(waiting(1, "table-paused"));
        submit(epoch(lake, 2, run, 1, 2));
        assertThat(ofOrders()).isEmpty();
        assertThat(lake.rows(REFUNDS)).containsExactly("another 1");

        lake.faults().mend("keep order sales.orders");
        job.pool.advance(Duration.ofSeconds(30));

        assertThat(ofOrders()).containsExactly(WAITS_IN_1, "sales.orders 2");
    }

    @Test
    void anEpochIsOpenUntilTheTableHasHeardOfThem() {
        lake.faults().always("keep order sales.orders", new OutsideException("the catalog is down"));
        submit(waiting(1, "table-paused"));
        submit(waiting(2, "bad-utf8"));
        assertThat(lake.ledger().settled()).containsExactly(0L, 0L);

        lake.faults().mend("keep order sales.orders");
        job.pool.advance(Duration.ofSeconds(30));
        submit(waiting(3, "bad-utf8"));
        assertThat(lake.ledger().settled()).last().isEqualTo(2L);
    }

    @Test
    void whoeverStartsNextTellsTheTableWhatNobodyHasTold() {
        lake.faults().always("keep order sales.orders", new OutsideException("the catalog is down"));
        submit(waiting(1, "table-paused"));
        lake.faults().mend("keep order sales.orders");

        job = RecordedLanes.of(lake, Map.of());
        run = lake.ledger().read().lastRun();
        job.lanes.rollForward();
        job.pool.runDue();

        assertThat(ofOrders()).containsExactly(WAITS_IN_1);
    }

    @Test
    void whoeverRollsForwardTellsTheTable() throws Exception {
        lake.faults().always("keep order sales.orders", new OutsideException("the catalog is down"));
        submit(waiting(1, "table-paused"));
        submit(epoch(lake, 2, run, 1, 2));
        lake.faults().mend("keep order sales.orders");

        new RollForward(lake.factory().open(SystemReferences.ofThisProcess())).run();

        assertThat(ofOrders()).containsExactly(WAITS_IN_1, "sales.orders 2");
    }

    @Test
    void aTableThatIsAttachedAgainHearsOfThemFirst() throws Exception {
        TableCommits hold = new TableCommits(Duration.ZERO, Duration.ofHours(1), new ByteSize(1 << 20), Then.DETACH);
        job = RecordedLanes.of(lake, Map.of(ORDERS, hold));
        run = lake.ledger().read().lastRun();
        lake.faults().always("keep order sales.orders", new OutsideException("the catalog is down"));
        submit(waiting(1, "table-paused"));
        submit(epoch(lake, 2, run, 1, 2));
        job.passes(Duration.ofHours(2));
        job.pool.runDue();
        assertThat(lake.ledger().detached()).containsOnlyKeys(ORDERS);
        lake.faults().mend("keep order sales.orders");

        new Reattachment(
                        lake.factory().open(SystemReferences.ofThisProcess()),
                        lake.ledger().claimRun())
                .run();

        assertThat(ofOrders()).containsExactly(WAITS_IN_1, "sales.orders 2");
    }

    @Test
    void recordsThatAreInQuarantineForWhatTheyAreKeepNobodyWaiting() {
        submit(waiting(1, "bad-utf8"));
        submit(epoch(lake, 2, run, 1, 2));

        assertThat(ofOrders()).containsExactly("sales.orders 2");
    }

    @Test
    void aTableThatIsHeldForOlderRecordsSaysSo() {
        lake.faults().always("commit sales.orders", new OlderRecordsWait(ORDERS, 1));
        submit(epoch(lake, 1, run, 0, 1));
        job.looks();

        assertThat(job.told)
                .containsExactly(
                        "held: sales.orders: table `sales.orders` has older records in quarantine that have waited"
                                + " for a decision, and epoch 1 waits until `firn table resume` has put them back: it can be run"
                                + " again at any time");
    }
}

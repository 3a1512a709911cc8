package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.ByteSize;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.TableCommits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code commit-interval}: orders are committed to every two minutes, refunds at every checkpoint of 30 seconds. */
class CommitIntervalTest {

    private static final TableCommits EVERY_TWO_MINUTES =
            new TableCommits(Duration.ofMinutes(2), Duration.ofHours(12), ByteSize.ofGibibytes(50));

    private final FakeLake lake = FakeLake.create();
    private RecordedLanes lanes = start();

    private RecordedLanes start() {
        return RecordedLanes.of(lake, Map.of(ORDERS, EVERY_TWO_MINUTES));
    }

    private void passes(Duration time) {
        lanes.passes(time);
    }

    @Test
    void wholeCheckpointsAreMergedUntilTheIntervalIsOver() {
        for (int checkpoint = 1; checkpoint <= 10; checkpoint++) {
            lanes.checkpoint(ORDERS, REFUNDS);
            passes(Duration.ofSeconds(30));
        }
        assertThat(lake.events().stream().filter(event -> event.startsWith("sales.orders")))
                .containsExactly("sales.orders 1", "sales.orders 2+3+4+5", "sales.orders 6+7+8+9");
        assertThat(lake.events().stream().filter(event -> event.startsWith("sales.refunds")))
                .hasSize(10);
    }

    @Test
    void aCheckpointThatComesALittleEarlyCounts() {
        lanes.checkpoint(ORDERS);
        passes(Duration.ofSeconds(119));
        lanes.checkpoint(ORDERS);
        assertThat(lake.events()).containsExactly("sales.orders 1", "sales.orders 2");
    }

    @Test
    void whatWaitsIsCommittedWhenTheIntervalIsOverAlsoIfNothingFollows() {
        lanes.checkpoint(ORDERS);
        passes(Duration.ofSeconds(30));
        lanes.checkpoint(ORDERS);
        passes(Duration.ofSeconds(30));
        lanes.checkpoint();
        assertThat(lake.events()).containsExactly("sales.orders 1");
        passes(Duration.ofSeconds(60));
        lanes.checkpoint();
        assertThat(lake.events()).containsExactly("sales.orders 1", "sales.orders 2");
    }

    @Test
    void aQuietTableIsNotCommittedTo() {
        lanes.checkpoint(ORDERS);
        for (int checkpoint = 1; checkpoint <= 20; checkpoint++) {
            passes(Duration.ofSeconds(30));
            lanes.checkpoint();
        }
        assertThat(lake.events()).containsExactly("sales.orders 1");
        lanes.checkpoint(ORDERS);
        assertThat(lake.events()).as("the interval is long over").containsExactly("sales.orders 1", "sales.orders 2");
    }

    @Test
    void whatWaitedIsRolledForwardAtOnceByTheNextStart() {
        lanes.checkpoint(ORDERS);
        passes(Duration.ofSeconds(30));
        lanes.checkpoint(ORDERS);
        lanes.checkpoint(ORDERS);
        assertThat(lake.events()).containsExactly("sales.orders 1");

        lanes = start();
        lanes.lanes.rollForward();
        lanes.pool.runDue();
        assertThat(lake.events()).containsExactly("sales.orders 1", "sales.orders 2+3");
    }

    @Test
    void anOrderlyStopCommitsWhatWaits() throws Exception {
        lanes.checkpoint(ORDERS);
        passes(Duration.ofSeconds(30));
        lanes.checkpoint(ORDERS);
        lanes.lanes.awaitQuiet(Duration.ofMillis(1));
        lanes.pool.runDue();
        assertThat(lake.events()).containsExactly("sales.orders 1", "sales.orders 2");
    }

    @Test
    void whatWaitsIsOpenInTheLedger() {
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(ORDERS, REFUNDS);
        lanes.checkpoint(REFUNDS);
        assertThat(lake.ledger().settled()).last().isEqualTo(1L);
    }
}

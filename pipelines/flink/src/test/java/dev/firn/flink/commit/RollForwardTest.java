package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RollForwardTest {

    private final FakeLake lake = FakeLake.create();
    private final Lake opened = lake.factory().open(SystemReferences.ofThisProcess());
    private final long run = lake.ledger().claimRun();

    private void append(long number) {
        lake.ledger()
                .append(
                        new Epoch(
                                number,
                                run,
                                "plan",
                                number,
                                List.of(),
                                List.of(),
                                List.of(
                                        lake.stage(ORDERS, List.of("order " + number)),
                                        lake.stage(REFUNDS, List.of("refund " + number)))),
                        0);
    }

    @Test
    void takesOpenEpochsToTheirTablesOnce() throws Exception {
        append(1);
        append(2);
        assertThat(new RollForward(opened).run()).isEmpty();
        assertThat(new RollForward(opened).run()).isEmpty();
        assertThat(lake.rows(ORDERS)).containsExactly("order 1", "order 2");
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 1", "refund 2");
    }

    @Test
    void aTableThatFailsDoesNotKeepTheOthersFromTheirs() throws Exception {
        append(1);
        append(2);
        CommitRefused refused = new CommitRefused("table `sales.orders` was rolled back");
        lake.faults().once("commit sales.orders", refused);
        assertThat(new RollForward(opened).run())
                .containsExactly(new RollForward.OpenTable(ORDERS, 2, 2, 200, refused));
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 1", "refund 2");
    }

    @Test
    void aTableThatDoesNotComeBackDoesNotEither() throws Exception {
        append(1);
        CountDownLatch never = new CountDownLatch(1);
        lake.faults().meanwhile("commit sales.orders", () -> await(never));
        List<RollForward.OpenTable> open = new RollForward(opened, Duration.ofMillis(200)).run();
        assertThat(open).singleElement().satisfies(table -> {
            assertThat(table.table()).isEqualTo(ORDERS);
            assertThat(table.reason())
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("a commit to `sales.orders` has not come back for 0s");
        });
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 1");
    }

    @Test
    void moreTablesHangThanMayCommitAtATime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<TableName> tables = new ArrayList<>();
        for (int table = 0; table <= Lake.COMMITS_AT_A_TIME; table++) {
            TableName name = new TableName("a.hangs" + table);
            lake.faults().meanwhile("commit " + name, () -> await(never));
            tables.add(name);
        }
        tables.add(ORDERS);
        lake.ledger()
                .append(
                        new Epoch(
                                1,
                                run,
                                "plan",
                                1,
                                List.of(),
                                List.of(),
                                tables.stream()
                                        .map(table -> lake.stage(table, List.of("row")))
                                        .toList()),
                        0);
        assertThat(new RollForward(opened, Duration.ofMillis(300)).run()).hasSize(tables.size() - 1);
        assertThat(lake.rows(ORDERS)).containsExactly("row");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new OutsideException("was told to stop", e);
        }
    }
}

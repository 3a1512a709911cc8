package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.testing.FakeLake;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.util.List;
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
    void takesOpenEpochsToTheirTablesOnce() {
        append(1);
        append(2);
        new RollForward(opened).run();
        new RollForward(opened).run();
        assertThat(lake.rows(ORDERS)).containsExactly("order 1", "order 2");
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 1", "refund 2");
    }

    @Test
    void aTableThatFailsDoesNotKeepTheOthersFromTheirs() {
        append(1);
        CommitRefused refused = new CommitRefused("table `sales.orders` was rolled back");
        OutsideException down = new OutsideException("down");
        lake.faults().once("commit sales.orders", refused);
        lake.faults().loseAnswer("commit sales.refunds", down);
        assertThatThrownBy(() -> new RollForward(opened).run())
                .isSameAs(refused)
                .hasSuppressedException(down);
        assertThat(lake.rows(REFUNDS)).containsExactly("refund 1");
    }
}

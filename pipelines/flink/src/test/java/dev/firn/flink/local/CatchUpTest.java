package dev.firn.flink.local;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.SplitRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final CatchUp GOAL =
            new CatchUp(List.of(new SplitRange(ORDERS_0, 10, 110), new SplitRange(ORDERS_1, 5, 5)));

    private static long lag(Map<Split, Long> positions) {
        return GOAL.lag(new LedgerState(1, 1, positions, List.of()));
    }

    @Test
    void isBehindByWhatTheLedgerDoesNotHave() {
        assertThat(lag(Map.of())).isEqualTo(100);
        assertThat(lag(Map.of(ORDERS_0, 60L))).isEqualTo(50);
        assertThat(lag(Map.of(ORDERS_0, 110L))).isZero();
    }

    @Test
    void doesNotSetOffOneSplitAgainstAnother() {
        assertThat(lag(Map.of(ORDERS_0, 60L, ORDERS_1, 500L))).isEqualTo(50);
        assertThat(lag(Map.of(ORDERS_0, 500L))).isZero();
    }
}

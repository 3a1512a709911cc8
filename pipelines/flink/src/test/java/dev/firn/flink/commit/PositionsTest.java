package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.Split;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionsTest {

    private final Positions positions = new Positions(Map.of(ORDERS_0, 100L));

    private void advance(SplitProgress... progress) {
        positions.advance(new Epoch(1, 1, "plan", 1, List.of(progress), List.of(), List.of()));
    }

    @Test
    void goesOnWhereTheLedgerEnds() {
        advance(progress(ORDERS_0, 100, 120), progress(ORDERS_1, 7, 9));
        advance(progress(ORDERS_0, 120, 121), progress(ORDERS_1, 9, 9));
        assertThat(positions.has(progress(ORDERS_0, 121, 121))).isTrue();
        assertThat(positions.has(progress(ORDERS_1, 9, 9))).isTrue();
    }

    @Test
    void tellsWhatIsNewFromWhatItHas() {
        assertThat(positions.has(progress(ORDERS_0, 100, 100))).isTrue();
        assertThat(positions.has(progress(ORDERS_0, 90, 90))).isFalse();
        assertThat(positions.has(progress(ORDERS_0, 100, 101))).isFalse();
        assertThat(positions.has(progress(ORDERS_1, 100, 100))).isFalse();
        assertThat(positions.has(progress(new Split("kafka", "orders", 0, "topic-z"), 100, 100)))
                .isFalse();
    }

    @Test
    void refusesAnOverlap() {
        assertThatThrownBy(() -> advance(progress(ORDERS_0, 99, 120)))
                .hasMessage("kafka/orders-0 was read from position 99 on, but the ledger already has it up to 100:"
                        + " its rows would be written twice");
    }

    @Test
    void refusesAGap() {
        assertThatThrownBy(() -> advance(progress(ORDERS_0, 101, 120)))
                .hasMessage("kafka/orders-0 was read from position 101 on, but the ledger has it only up to 100:"
                        + " the rows between would be missing");
    }

    @Test
    void refusesAGapAlsoBeforeAnythingIsRead() {
        assertThatThrownBy(() -> advance(progress(ORDERS_0, 101, 101)))
                .hasMessageEndingWith("the rows between would be missing");
    }

    @Test
    void refusesASplitThatWasMadeAnew() {
        assertThatThrownBy(() -> advance(progress(new Split("kafka", "orders", 0, "topic-z"), 100, 120)))
                .hasMessage("kafka/orders-0 was deleted and made anew: the ledger counts in topic-a,"
                        + " the source now is topic-z. Positions of one mean nothing in the other");
    }

    @Test
    void changesNothingWhereOneSplitDoesNotMeet() {
        assertThatThrownBy(() -> advance(progress(ORDERS_1, 0, 5), progress(ORDERS_0, 99, 120)))
                .isInstanceOf(Positions.PositionsDoNotMeet.class);
        advance(progress(ORDERS_0, 100, 101), progress(ORDERS_1, 3, 4));
    }
}

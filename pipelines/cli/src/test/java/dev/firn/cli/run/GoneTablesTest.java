package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoneTablesTest {

    private static final Split SPLIT = new Split("kafka", "orders", 0, "id");

    private final GoneTables tables = new GoneTables();

    private List<String> say(long epoch, OutcomeCount... outcomes) {
        return tables.sentences(List.of(new Epoch(epoch, 1, "", 1, List.of(), List.of(outcomes), List.of())));
    }

    private static OutcomeCount refused(String table, long records) {
        return new OutcomeCount(SPLIT, Outcome.QUARANTINED, table, "table-gone", records);
    }

    private static OutcomeCount written(String table) {
        return new OutcomeCount(SPLIT, Outcome.ROUTED, table, "", 1);
    }

    @Test
    void saysOnceThatATableIsGoneAndOnceThatItIsBack() {
        assertThat(say(4, written("sales.orders"))).isEmpty();
        assertThat(say(5, refused("sales.orders", 1_000), refused("sales.orders", 234), written("sales.refunds")))
                .containsExactly(
                        "sales.orders is gone: its records go to quarantine (table-gone) until it is back, 1,234 in epoch 5");
        assertThat(say(6, refused("sales.orders", 9), written("sales.orders")))
                .as("one writer has found it, the other not yet")
                .isEmpty();
        assertThat(say(7, written("sales.orders"))).containsExactly("sales.orders is back, with epoch 7");
        assertThat(say(8, written("sales.orders"))).isEmpty();
    }

    @Test
    void saysNothingOfWhatIsQuarantinedForAnotherReason() {
        assertThat(say(1, new OutcomeCount(SPLIT, Outcome.QUARANTINED, "sales.orders", "bad-utf8", 3)))
                .isEmpty();
    }
}

package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.commit.RollForward.OpenTable;
import dev.firn.flink.commit.TableHealth;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldLinesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T14:05:10Z");
    private static final TableName ORDERS = new TableName("sales.orders");

    private final HeldLines lines = new HeldLines(ZoneOffset.UTC);

    private List<String> say(TableHealth... tables) {
        return lines.of(List.of(tables), NOW);
    }

    private static TableHealth held(Duration time, Duration oldest) {
        return new TableHealth(
                ORDERS, 3, 30, 300, oldest, 4, Optional.of(time), "the catalog is down", 7, Optional.empty());
    }

    private static TableHealth well(long landed) {
        return new TableHealth(ORDERS, 0, 0, 0, Duration.ZERO, 0, Optional.empty(), "", landed, Optional.empty());
    }

    @Test
    void saysOnceThatATableIsHeldAndOnceThatItHasCaughtUp() {
        assertThat(say(well(6))).isEmpty();
        assertThat(say(held(Duration.ofSeconds(2), Duration.ofSeconds(2))))
                .containsExactly(
                        "sales.orders is held since 14:05:08: the catalog is down; its rows are staged, the other"
                                + " tables go on");
        assertThat(say(held(Duration.ofMinutes(2), Duration.ofMinutes(2)))).isEmpty();
        assertThat(say(well(9))).containsExactly("sales.orders has caught up, with epoch 9");
        assertThat(say(well(10))).isEmpty();
        assertThat(say(held(Duration.ofSeconds(1), Duration.ofSeconds(2)))).hasSize(1);
    }

    @Test
    void doesNotTakeARestartForHavingCaughtUp() {
        say(held(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        assertThat(say()).isEmpty();
        assertThat(say(well(0))).isEmpty();
        assertThat(say(well(8))).containsExactly("sales.orders has caught up, with epoch 8");
    }

    @Test
    void saysOnceThatWhatIsStagedGetsOld() {
        say(held(Duration.ofHours(36), Duration.ofHours(36)));
        assertThat(say(held(Duration.ofHours(36), Duration.ofHours(37))))
                .containsExactly(
                        "sales.orders: what is staged for it has been waiting for 37h; cleaners of orphan files"
                                + " delete it after three days");
        assertThat(say(held(Duration.ofHours(38), Duration.ofHours(38)))).isEmpty();
    }

    @Test
    void theAccountSaysWhatIsOpen() {
        OutsideException reason = new OutsideException("the catalog is down");
        assertThat(new OpenLines(List.of(
                                new OpenTable(ORDERS, 12, 3401, 2 << 20, reason),
                                new OpenTable(new TableName("sales.refunds"), 1, 1, 17, reason)))
                        .lines())
                .containsExactly(
                        "",
                        "  In the ledger and not yet in the table; the next run commits it",
                        "    sales.orders  12 epochs, 3,401 rows, 2MiB staged",
                        "      the catalog is down",
                        "    sales.refunds  1 epoch, 1 row, 17 bytes staged",
                        "      the catalog is down");
        assertThat(new OpenLines(List.of()).lines()).isEmpty();
    }
}

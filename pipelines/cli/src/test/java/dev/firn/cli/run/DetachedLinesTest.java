package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.commit.Reattachment.Outcome;
import dev.firn.flink.commit.TableHealth;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetachedLinesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T14:05:10Z");
    private static final TableName ORDERS = new TableName("sales.orders");
    private static final DetachedTable DETACHED = new DetachedTable(ORDERS, 4, 17, NOW, NOW, "it is read-only");

    private final DetachedLines lines = new DetachedLines(ZoneOffset.UTC, Set.of());

    private static List<TableHealth> tables(Optional<DetachedTable> detached, long landed) {
        return List.of(new TableHealth(ORDERS, 12, 3_400, 9, Duration.ZERO, 0, Optional.empty(), "", landed, detached));
    }

    @Test
    void saysOnceThatATableIsDetachedAndOnceThatItIsAttachedAgain() {
        assertThat(lines.of(tables(Optional.empty(), 0))).isEmpty();
        assertThat(lines.of(tables(Optional.of(DETACHED), 4)))
                .containsExactly(
                        "sales.orders is detached since 2026-03-01 14:05:10, with epoch 17: it is read-only; 12"
                                + " epochs with 3,400 rows wait in the ledger until it is well, new records for it go to"
                                + " quarantine (table-detached), the other tables go on");
        assertThat(lines.of(tables(Optional.of(DETACHED), 4))).isEmpty();
        assertThat(lines.of(List.of())).as("between two attempts of a job").isEmpty();
        assertThat(lines.of(tables(Optional.of(DETACHED), 0))).isEmpty();
        assertThat(lines.of(tables(Optional.empty(), 19)))
                .containsExactly(
                        "sales.orders is attached again: what waited for it is in, with epoch 19, new records go"
                                + " to it; what went to quarantine (table-detached) stays there");
        assertThat(lines.of(tables(Optional.empty(), 20))).isEmpty();
        assertThat(lines.of(tables(Optional.of(DETACHED), 20))).hasSize(1);
    }

    @Test
    void saysAtAStartWhatCameOfThoseThatWereDetached() {
        List<Outcome> outcomes = List.of(
                new Outcome(DETACHED, new WaitingEpochs(1, 1, 9, 5, 5), Optional.of("it still is read-only")),
                new Outcome(
                        new DetachedTable(new TableName("sales.refunds"), 4, 17, NOW, NOW, "it was full"),
                        new WaitingEpochs(12, 3_400, 9, 5, 17),
                        Optional.empty()));
        assertThat(DetachedLines.atStart(outcomes))
                .containsExactly(
                        "sales.orders is still detached, since epoch 17: it still is read-only; 1 epoch with 1 row waits"
                                + " in the ledger, new records for it go to quarantine (table-detached)",
                        "sales.refunds is attached again: what waited for it is in (12 epochs with 3,400 rows), new"
                                + " records go to it; what went to quarantine (table-detached) stays there");
        DetachedLines told = new DetachedLines(ZoneOffset.UTC, DetachedLines.told(outcomes));
        assertThat(told.of(tables(Optional.of(DETACHED), 0)))
                .as("it was said at the start")
                .isEmpty();
    }

    @Test
    void aHeldTableThatIsDetachedHasNotCaughtUp() {
        HeldLines held = new HeldLines(ZoneOffset.UTC);
        held.of(
                List.of(new TableHealth(
                        ORDERS,
                        1,
                        1,
                        1,
                        Duration.ZERO,
                        3,
                        Optional.of(Duration.ofSeconds(3)),
                        "full",
                        4,
                        Optional.empty())),
                NOW);
        assertThat(held.of(tables(Optional.of(DETACHED), 4), NOW)).isEmpty();
        assertThat(held.of(tables(Optional.empty(), 5), NOW)).isEmpty();
    }
}

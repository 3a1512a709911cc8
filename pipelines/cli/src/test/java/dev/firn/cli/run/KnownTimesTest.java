package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Otherwise;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.StartTimes;
import dev.firn.flink.write.WriterRoutes;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KnownTimesTest {

    private static final TableName ORDERS = new TableName("sales.orders");
    private static final Split SPLIT = new Split("kafka", "orders", 3, "topic-1");
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00.5Z");
    private static final PlannedRules RULES = new PlannedRules(
            Map.of(
                    ORDERS,
                    new RowRules(
                            null,
                            List.of(),
                            new TableSchema(List.of()),
                            RowShape.NONE,
                            List.of(),
                            new RowEventTime("placed_at", Duration.ofDays(2), Otherwise.DROP))),
            List.of());

    private final List<WrittenEpoch> epochs = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Runnable atTables = () -> {};

    private static KnownTimes known(PlannedRules rules) {
        WriterRoutes routes = new WriterRoutes(Map.of("kafka/orders", List.of(ORDERS)), Map.of(), Set.of());
        return new KnownTimes(rules, routes, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** A ledger of these epochs that notes what it is asked for. */
    private Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                KnownTimesTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "newestTimes":
                            return InvocationHandler.invokeDefault(proxy, method, args);
                        case "history":
                            history((long) args[0], args[1]);
                            return null;
                        case "claimRun":
                            asked.add("claim");
                            return 7L;
                        case "schemas":
                            return LedgerSchemas.NONE;
                        case "read":
                            return new LedgerState(
                                    epochs.size(), 7, Map.of(), List.of(), Map.of(), List.of(), Map.of());
                        default:
                            throw new AssertionError("nobody asks for " + method.getName());
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private void history(long after, Object each) {
        asked.add("history from " + after);
        List.copyOf(epochs).stream()
                .filter(written -> written.epoch().number() > after)
                .forEach((Consumer<WrittenEpoch>) each);
    }

    private void append(Optional<Rewound> rewind, NewestTime... moved) {
        List<OutcomeCount> counts = new ArrayList<>();
        for (NewestTime time : moved) {
            counts.add(new OutcomeCount(
                    time.split(), Outcome.EVENT_TIME, time.table().full(), time.column(), time.micros()));
        }
        long number = epochs.size() + 1L;
        epochs.add(new WrittenEpoch(
                new Epoch(number, 1, "plan", number, List.of(), counts, List.of()),
                number,
                Instant.EPOCH,
                Optional.empty(),
                rewind));
    }

    private StartTimes start(PlannedRules rules) {
        return ClaimedRun.of(ledger(), known(rules), () -> {
                    asked.add("tables");
                    atTables.run();
                })
                .newest();
    }

    private static NewestTime time(TableName table, String column, Instant at) {
        return new NewestTime(SPLIT, table, column, at.toEpochMilli() * 1_000);
    }

    private static NewestTime micros(long micros) {
        return new NewestTime(SPLIT, ORDERS, "placed_at", micros);
    }

    @Test
    void goesOnFromThoseThatTheFileAsksFor() {
        NewestTime wanted = time(ORDERS, "placed_at", NOW.plus(Duration.ofDays(366)));
        Split renamed = new Split("kafka-before", "orders", 3, "topic-0");
        append(
                Optional.empty(),
                wanted,
                time(ORDERS, "shipped_at", NOW),
                new NewestTime(renamed, ORDERS, "placed_at", 5),
                time(new TableName("sales.gone"), "placed_at", NOW.plus(Duration.ofDays(999))));

        assertThat(start(RULES)).isEqualTo(new StartTimes(List.of(wanted), List.of()));
    }

    @Test
    void doesNotReadALedgerOfAFileWithoutThem() {
        append(Optional.empty(), micros(50));

        assertThat(start(PlannedRules.NONE)).isEqualTo(StartTimes.NONE);
        assertThat(asked).containsExactly("tables", "claim");
    }

    /** What is long comes before the claim; behind it only what the run before has written until then is read. */
    @Test
    void readsBehindTheClaimOnlyWhatCameSince() {
        append(Optional.empty(), micros(50));
        append(Optional.empty(), micros(5));
        atTables = () -> append(Optional.empty(), micros(7));

        assertThat(start(RULES).known()).containsExactly(micros(62));
        assertThat(asked).containsExactly("history from 0", "tables", "claim", "history from 2");
    }

    /** It takes back epochs that were read before it. */
    @Test
    void readsAllAnewBehindARewindThatCameBetween() {
        append(Optional.empty(), micros(50));
        append(Optional.empty(), micros(5));
        Rewound rewound = new Rewound(1, 3, 9);
        atTables = () -> {
            WrittenEpoch second = epochs.get(1);
            epochs.set(1, new WrittenEpoch(second.epoch(), 2, Instant.EPOCH, Optional.of(rewound), Optional.empty()));
            append(Optional.of(rewound));
        };

        assertThat(start(RULES).known()).containsExactly(micros(50));
        assertThat(asked).endsWith("claim", "history from 2", "history from 0");
    }

    /** Else all rows behind it would be late, and with `drop` be gone; and a start that is refused stops all other tables. */
    @Test
    void doesNotBelieveATimeThatNoEventHas() {
        NewestTime far = time(ORDERS, "placed_at", Instant.parse("2082-01-10T20:00:00Z"));
        append(Optional.empty(), far);

        StartTimes found = start(RULES);

        assertThat(found).isEqualTo(new StartTimes(List.of(), List.of(far)));
        assertThat(KnownTimes.sentences(found))
                .containsExactly("the ledger has seen `placed_at` of `sales.orders` at 2082-01-10T20:00:00Z from"
                        + " kafka/orders-3, more than a year ahead, which is not believed: rows from there are late"
                        + " only by those that come from now on");
    }
}

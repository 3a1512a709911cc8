package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far event times are, by what the ledger's epochs say of how much they have moved. */
class LedgerTimesTest {

    private static final Split BEFORE = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ANEW = new Split("kafka", "orders", 0, "topic-2");

    /** All rows are old, and are added up a few at a time. */
    private static final LedgerUpkeep.Limits NOTHING_IS_YOUNG =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(-1));

    @TempDir
    Path folder;

    private TestLake test;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private Ledger ledger(LakeTables tables) {
        test.ledger();
        return new IcebergLedger(tables, TestLake.NAMES, new Retries(6, Duration.ofMillis(1)), NOTHING_IS_YOUNG);
    }

    private static void append(Ledger ledger, long run, long number, Split split) {
        Epoch epoch = epoch(run, number, split);
        ledger.append(epoch, Math.max(0, number - 2));
        ledger.upkeep(epoch);
    }

    private static Epoch epoch(long run, long number, Split split) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(new SplitProgress(split, (number - 1) * 10, number * 10, 10)),
                List.of(
                        new OutcomeCount(split, Outcome.ROUTED, "sales.orders", "", 10),
                        new OutcomeCount(split, Outcome.EVENT_TIME, "sales.orders", "placed_at", number)),
                List.of());
    }

    /** A topic may come back, as behind a failover; those that are added up may be any that lie between two others. */
    @Test
    void aSumOfSomeSaysWhatTheyHaveSaid() {
        Ledger ledger = ledger(test.tables());
        long run = ledger.claimRun();
        long before = 0;
        long anew = 0;
        for (long number = 1; number <= 30; number++) {
            boolean isAnew = number > 4 && number % 3 == 0;
            append(ledger, run, number, isAnew ? ANEW : BEFORE);
            anew += isAnew ? number : 0;
            before += isAnew ? 0 : number;
        }

        List<WrittenEpoch> history = new ArrayList<>();
        test.ledger().history(0, history::add);
        assertThat(history.get(0).epoch().number()).isGreaterThan(10);
        assertThat(test.ledger().newestTimes(new NewestTime.Fold()).newest())
                .containsExactlyInAnyOrder(
                        new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", before),
                        new NewestTime(ANEW, TestLake.ORDERS, "placed_at", anew));
    }

    @Test
    void rowsOfTheMiddleAddUpToTheSame() {
        List<Epoch> epochs = new ArrayList<>();
        for (long number = 1; number <= 5; number++) {
            epochs.add(epoch(1, number, number % 2 == 0 ? ANEW : BEFORE));
        }
        LedgerSum middle = new LedgerSum();
        for (Epoch epoch : epochs.subList(1, 4)) {
            middle.add(LedgerRow.of(epoch, 0, Standing.NOWHERE, Instant.EPOCH), epoch, Standing.NOWHERE);
        }
        Epoch sum = new Epoch(4, 1, "plan", 4, List.of(), middle.row().outcomes(), List.of());

        NewestTime.Fold fold = new NewestTime.Fold();
        fold.add(new WrittenEpoch(epochs.get(0), 1, Instant.EPOCH));
        fold.add(new WrittenEpoch(sum, 2, Instant.EPOCH));
        fold.add(new WrittenEpoch(epochs.get(4), 5, Instant.EPOCH));
        assertThat(fold.newest())
                .containsExactlyInAnyOrder(
                        new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", 1 + 3 + 5),
                        new NewestTime(ANEW, TestLake.ORDERS, "placed_at", 2 + 4));
    }

    /** As where old epochs were added up meanwhile. */
    @Test
    void whatWasReadAlreadyIsNotAddedTwice() {
        Ledger ledger = ledger(test.tables());
        long run = ledger.claimRun();
        append(ledger, run, 1, BEFORE);
        append(ledger, run, 2, BEFORE);
        NewestTime.Fold read = ledger.newestTimes(new NewestTime.Fold());
        for (long number = 3; number <= 30; number++) {
            append(ledger, run, number, BEFORE);
        }

        assertThat(read.newest()).containsExactly(new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", 3));
        assertThat(ledger.newestTimes(read).newest())
                .containsExactly(new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", 30 * 31 / 2));
        assertThat(read.newest()).containsExactly(new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", 3));
    }

    @Test
    void areAskedForAgainWhereTheCatalogIsAway() {
        AtomicInteger away = new AtomicInteger();
        Ledger ledger = ledger(test.tablesOfACatalogThatIsAway(away));
        append(ledger, ledger.claimRun(), 1, BEFORE);
        away.set(2);

        assertThat(ledger.newestTimes(new NewestTime.Fold()).newest())
                .containsExactly(new NewestTime(BEFORE, TestLake.ORDERS, "placed_at", 1));
        assertThat(away).hasValue(0);
    }
}

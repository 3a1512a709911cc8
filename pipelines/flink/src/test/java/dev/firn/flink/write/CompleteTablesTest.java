package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.commit.RollForward;
import dev.firn.flink.testing.FakeFormat;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UniqueTables;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer waits for before its first record where a table takes no row a second time. */
@Timeout(60)
class CompleteTablesTest {

    private static final UniqueTables UNIQUE = new PlannedUnique(
            Map.of(ORDERS, new UniqueRows(List.of("id"), "at", Duration.ofHours(1), 1 << 20)),
            Set.of(ORDERS, REFUNDS),
            List.of());

    private final FakeLake lake = FakeLake.create();
    private final Lake opened = lake.factory().open(SystemReferences.ofThisProcess());
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final long before = lake.ledger().claimRun();

    @AfterEach
    void close() {
        thread.shutdownNow();
        opened.close();
        assertThat(UnknownRows.now()).isEmpty();
    }

    private WriterConfig config(UniqueTables unique, int writersInSubtask) {
        return new WriterConfig(
                "orders/tables",
                lake.ledger().claimRun(),
                writersInSubtask,
                false,
                table -> EvolutionPolicy.usual(),
                PlannedRules.NONE,
                RowKeys.NONE,
                unique,
                StartTimes.NONE,
                QuarantinePayload.RAW,
                Map.of("kafka", new FakeFormat(lake.name())),
                lake.factory());
    }

    private CompleteTables tables(UniqueTables unique, Predicate<TableName> without) {
        return new CompleteTables(opened, config(unique, 1), without, Duration.ofMillis(1));
    }

    private void epochOfOrdersAndRefunds(long run) {
        lake.ledger()
                .append(
                        new Epoch(
                                1,
                                run,
                                "plan",
                                1,
                                List.of(),
                                List.of(),
                                List.of(lake.stage(ORDERS, List.of("order")), lake.stage(REFUNDS, List.of("refund")))),
                        0);
    }

    private static void untilSaid(Future<?> waiting, String reason) {
        while (!reason.equals(UnknownRows.now().get(ORDERS))) {
            assertThat(waiting.isDone()).isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    void aTableThatLacksAnEpochIsWaitedForUntilTheCommitterHasTakenItThere() throws Exception {
        epochOfOrdersAndRefunds(before);
        Future<?> done = thread.submit(tables(UNIQUE, table -> false)::await);

        untilSaid(done, "it lacks some of the epochs up to 1, which are in the ledger, and are being committed");
        assertThat(UnknownRows.now()).containsOnlyKeys(ORDERS);

        assertThat(new RollForward(opened).run()).isEmpty();
        done.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aCatalogThatIsAwayAndATableThatRefusesAreWaitedFor() throws Exception {
        epochOfOrdersAndRefunds(before);
        lake.faults().always("lacks sales.orders", new OutsideException("the catalog is away"));
        Future<?> done = thread.submit(tables(UNIQUE, table -> false)::await);
        untilSaid(done, "the catalog is away");

        lake.faults().always("lacks sales.orders", new CommitRefused("somebody rolled it back"));
        untilSaid(done, "somebody rolled it back");

        assertThat(new RollForward(opened).run()).isEmpty();
        lake.faults().mend("lacks sales.orders");
        done.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whoeverCancelsTheJobIsNotKeptWaiting() {
        epochOfOrdersAndRefunds(before);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Future<?> waiting = thread.submit(() -> {
            try {
                tables(UNIQUE, table -> false).await();
            } catch (OutsideException told) {
                ended.complete(told);
            }
        });
        untilSaid(waiting, "it lacks some of the epochs up to 1, which are in the ledger, and are being committed");

        waiting.cancel(true);

        assertThat(ended.join()).hasMessage("was told to stop before it was known which rows table `sales.orders` has");
    }

    @Test
    void nobodyWaitsForTablesThatTakeWhateverComes() {
        epochOfOrdersAndRefunds(before);
        tables(UniqueTables.NONE, table -> false).await();
    }

    @Test
    void nobodyWaitsForTablesThatTheJobGoesOnWithout() {
        epochOfOrdersAndRefunds(before);
        tables(UNIQUE, ORDERS::equals).await();
    }

    @Test
    void nobodyWaitsForWhatTheRunItselfHasWritten() {
        CompleteTables waiting = tables(UNIQUE, table -> false);
        epochOfOrdersAndRefunds(before + 1);
        waiting.await();
    }

    @Test
    void whoeverWritesKeyedRowsLearnsWhatTheTableHasBeforeTheFirstComes() throws Exception {
        WriterRoutes routes = new WriterRoutes(Map.of(), Map.of(), Set.of());
        openAndClose(new TableWriter(config(UNIQUE, 2), routes));
        assertThat(lake.learnt()).as("it sends them on").isEmpty();

        openAndClose(new TableWriter(config(UniqueTables.NONE, 1), routes));
        assertThat(lake.learnt()).isEmpty();

        openAndClose(new TableWriter(config(UNIQUE, 1), routes));
        assertThat(lake.learnt()).containsExactly(ORDERS);

        openAndClose(new GatheredWriter(config(UNIQUE, 2)));
        assertThat(lake.learnt()).containsExactly(ORDERS, ORDERS);

        WriterConfig last = config(UNIQUE, 2);
        lake.ledger()
                .detach(new DetachedTable(ORDERS, 0, 0, Instant.EPOCH, Instant.EPOCH, "it is read-only"), last.run());
        openAndClose(new GatheredWriter(last));
        assertThat(lake.learnt()).as("nothing is written to it").containsExactly(ORDERS, ORDERS);
    }

    private static void openAndClose(TableWriter writer) throws Exception {
        openAndClose(new OneInputStreamOperatorTestHarness<SourceEvent, LedgerEntry>(writer));
    }

    private static void openAndClose(GatheredWriter writer) throws Exception {
        openAndClose(new OneInputStreamOperatorTestHarness<Gathered, LedgerEntry>(writer));
    }

    private static void openAndClose(OneInputStreamOperatorTestHarness<?, LedgerEntry> harness) throws Exception {
        try (harness) {
            harness.setup(FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
            harness.open();
        }
    }
}

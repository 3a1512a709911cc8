package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rewind in the ledger: what it takes back is gone for whoever goes on, and still told to whoever looks back. */
class LedgerRewindTest {

    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-1");
    private static final TableName REFUNDS = new TableName("sales.refunds");

    @TempDir
    Path folder;

    private TestLake test;

    static Stream<RuntimeException> answers() {
        return Stream.of(
                new CommitFailedException("409"),
                new CommitStateUnknownException(new IllegalStateException("504")),
                new ServiceUnavailableException("503"));
    }

    @BeforeEach
    void open() {
        open(CatalogKind.JDBC);
    }

    private void open(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Two epochs that stay and two that go; the second split is first read in the fourth. */
    private static long fourEpochs(Ledger ledger) {
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, ORDERS_0, 10, 20), 1);
        ledger.append(epoch(3, run, ORDERS_0, 20, 30), 1);
        ledger.append(epoch(4, run, ORDERS_1, 100, 130), 2);
        return run;
    }

    private static Rewind rewind(Ledger ledger, long at, long to, Map<Split, Long> positions) {
        StagedFiles back = new StagedFiles(TestLake.ORDERS, "uuid-1", new RewindPointer(to, 1, 2).encode(), 0, 0, 0);
        Epoch epoch = new Epoch(at, ledger.claimRun(), "", 0, List.of(), List.of(), List.of(back));
        return new Rewind(epoch, to, positions);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void isWhereTheLedgerGoesOn(CatalogKind kind) {
        open(kind);
        Ledger ledger = test.ledger();
        Ledger watching = test.ledger();
        fourEpochs(ledger);
        assertThat(watching.read().lastEpoch()).isEqualTo(4);
        Rewind rewind = rewind(ledger, 5, 2, Map.of(ORDERS_0, 20L, ORDERS_1, 100L));

        ledger.append(rewind);

        for (Ledger anyone : List.of(ledger, watching, test.ledger())) {
            LedgerState state = anyone.read();
            assertThat(state.lastEpoch()).isEqualTo(5);
            assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 20L), Map.entry(ORDERS_1, 100L));
            assertThat(state.open())
                    .as("epochs 3 and 4 were open, and will not be committed")
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(rewind.epoch()));
            assertThat(state.rewinds()).containsExactly(new Rewound(2, 5, 2));
            assertThat(anyone.positionsBehind(2)).isEqualTo(Map.of(ORDERS_0, 20L));
            assertThat(anyone.positionsBehind(4)).isEqualTo(Map.of(ORDERS_0, 30L, ORDERS_1, 130L));
            assertThat(anyone.positionsBehind(5)).isEqualTo(state.positions());
            assertThat(anyone.positionsBehind(0)).isEmpty();
        }
        // Up to a row with all positions, also of a split that has not moved since.
        for (long number = 6; number <= 21; number++) {
            ledger.append(epoch(number, 2, ORDERS_0, number + 14, number + 15), number - 1);
        }
        ledger.append(epoch(22, 2, ORDERS_1, 100, 101), 21);
        assertThat(test.ledger().read().positions())
                .containsExactly(Map.entry(ORDERS_0, 36L), Map.entry(ORDERS_1, 101L));
        assertThat(test.ledger().since(20)).extracting(Epoch::number).containsExactly(21L, 22L);
    }

    @Test
    void isTakenBackItselfByAnOlderOne() {
        Ledger ledger = test.ledger();
        fourEpochs(ledger);
        ledger.append(rewind(ledger, 5, 2, Map.of(ORDERS_0, 20L, ORDERS_1, 100L)));
        Rewind second = rewind(ledger, 6, 1, Map.of(ORDERS_0, 10L, ORDERS_1, 100L));

        ledger.append(second);

        LedgerState state = test.ledger().read();
        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 10L), Map.entry(ORDERS_1, 100L));
        assertThat(state.open()).usingRecursiveComparison().isEqualTo(List.of(second.epoch()));
        assertThat(history())
                .containsExactly(
                        "1",
                        "2 taken back by 6",
                        "3 taken back by 5",
                        "4 taken back by 5",
                        "5 taken back by 6 to 2",
                        "6 to 1");
    }

    private List<String> history() {
        List<String> history = new ArrayList<>();
        test.ledger().history(0, epoch -> history.add(said(epoch)));
        return history;
    }

    private static String said(WrittenEpoch written) {
        String first = written.first() == written.epoch().number() ? "" : written.first() + "-";
        return first
                + written.epoch().number()
                + written.takenBack()
                        .map(rewind -> " taken back by " + rewind.at())
                        .orElse("")
                + written.rewind().map(rewind -> " to " + rewind.to()).orElse("");
    }

    @Test
    void countsOnlyRowsThatAreStillThere() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, ORDERS_0, 0, 10), 0);
        ledger.append(epoch(2, run, ORDERS_0, 10, 20, REFUNDS), 0);
        ledger.append(rewind(ledger, 3, 1, Map.of(ORDERS_0, 10L)));

        assertThat(test.ledger().written())
                .containsExactly(Map.entry(TestLake.ORDERS, new Ledger.Written(1, "uuid-1")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landsOnceWhateverIsAnswered(RuntimeException answer) {
        long before = fourEpochs(test.ledger());
        Ledger claiming = test.ledger();
        Rewind rewind = rewind(claiming, 5, 2, Map.of(ORDERS_0, 20L, ORDERS_1, 100L));
        Ledger ledger = test.open(new FaultyCommits(FaultyCommits.neverSent(answer), FaultyCommits.landedThen(answer)))
                .ledger();

        ledger.append(rewind);

        assertThat(test.rows(TestLake.NAMES.ledger())).hasSize(5);
        assertThat(test.ledger().read().rewinds()).containsExactly(new Rewound(2, 5, 2));
        assertThatThrownBy(() -> test.ledger().append(epoch(5, before, ORDERS_0, 30, 40), 2))
                .isInstanceOf(Ledger.RunSuperseded.class);
    }

    @Test
    void staysReadableWhenTheLedgerIsTidiedUp() {
        LedgerUpkeep.Limits old = new LedgerUpkeep.Limits(1, 3, 8 << 20, 2, 4, Duration.ofDays(1), Duration.ofDays(-1));
        Ledger ledger = new IcebergLedger(test.tables(), TestLake.NAMES, Retries.DEFAULT, old);
        test.ledger();
        long run = ledger.claimRun();
        long at = 1;
        for (; at <= 9; at++) {
            ledger.append(epoch(at, run, ORDERS_0, at * 10 - 10, at * 10), at - 1);
        }
        Rewind rewind = rewind(ledger, at, 6, Map.of(ORDERS_0, 60L));
        ledger.append(rewind);
        ledger.upkeep(rewind.epoch());
        run = rewind.epoch().run();
        for (at++; at <= 30; at++) {
            append(ledger, epoch(at, run, ORDERS_0, at * 10 - 50, at * 10 - 40));
        }

        assertThat(test.ledger().read().positions()).containsExactly(Map.entry(ORDERS_0, 260L));
        List<String> history = history();
        assertThat(history).hasSizeLessThan(20);
        assertThat(history)
                .as("what was taken back is in no sum, nor is what took it back")
                .contains("7 taken back by 10", "8 taken back by 10", "9 taken back by 10", "10 to 6");
        assertThat(history.get(0)).startsWith("1-");
        long[] read = {0};
        test.ledger()
                .history(
                        0,
                        epoch -> read[0] += epoch.takenBack().isPresent()
                                ? 0
                                : epoch.epoch().progress().stream()
                                        .mapToLong(SplitProgress::read)
                                        .sum());
        assertThat(read[0]).isEqualTo(260);
        assertThat(test.ledger().positionsBehind(10)).isEqualTo(Map.of(ORDERS_0, 60L));
    }

    private static void append(Ledger ledger, Epoch epoch) {
        ledger.append(epoch, epoch.number() - 1);
        ledger.upkeep(epoch);
    }

    @Test
    void findsAPlaceInALedgerOfTheVersionBefore() {
        TableSpec now = LedgerTable.spec(TestLake.NAMES);
        SortedMap<String, String> properties = new TreeMap<>(now.properties());
        properties.put(LedgerTable.VERSION_PROPERTY, "2");
        TableSpec before = new TableSpec(
                now.name(),
                new TableSchema(now.schema().columns().stream()
                        .filter(column -> !column.name().equals("rewound_to"))
                        .toList()),
                List.of(),
                properties);
        test.tables().create(before);
        Ledger ledger = test.ledger();
        fourEpochs(ledger);

        ledger.append(rewind(ledger, 5, 2, Map.of(ORDERS_0, 20L)));

        assertThat(test.ledger().read().rewinds()).containsExactly(new Rewound(2, 5, 2));
        assertThat(test.ledger().read().positions()).containsExactly(Map.entry(ORDERS_0, 20L));
        assertThat(test.table(TestLake.NAMES.ledger()).properties()).containsEntry(LedgerTable.VERSION_PROPERTY, "5");
    }

    private static Epoch epoch(long number, long run, Split split, long from, long to) {
        return epoch(number, run, split, from, to, TestLake.ORDERS);
    }

    private static Epoch epoch(long number, long run, Split split, long from, long to, TableName table) {
        return new Epoch(
                number,
                run,
                "plan-hash",
                100 + number,
                List.of(new SplitProgress(split, from, to, to - from)),
                List.of(new OutcomeCount(split, Outcome.ROUTED, table.full(), "", to - from)),
                List.of(new StagedFiles(table, "uuid-1", new byte[] {1}, 1, to - from, 4711)));
    }
}

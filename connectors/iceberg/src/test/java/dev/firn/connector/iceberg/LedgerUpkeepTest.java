package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.TableOperations;
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

class LedgerUpkeepTest {

    private static final TableName LEDGER = TestLake.NAMES.ledger();
    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-1");
    private static final Duration YEARS = Duration.ofDays(9999);

    /** Often and little, so that a few epochs show it. */
    private static final LedgerUpkeep.Limits LIMITS =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), YEARS);

    /** As above, but for old rows: all are. */
    private static final LedgerUpkeep.Limits NOTHING_IS_YOUNG =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(-1));

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
        open(CatalogKind.HADOOP);
    }

    private void open(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void staysSmallAndForgetsNothing(CatalogKind kind) {
        open(kind);
        Ledger ledger = ledger(LIMITS);
        long run = ledger.claimRun();

        append(ledger, run, 1, 63, 0);

        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSizeLessThan(20);
        assertThat(test.ancestry(LEDGER)).hasSizeLessThan(17);
        assertThat(filesOnDisk(kind, ".parquet")).isLessThan(32);
        assertThat(test.rows(LEDGER)).hasSize(63);
        assertThat(test.ledger().since(0)).extracting(Epoch::number).hasSize(63).isSorted();
        assertThat(test.ledger().read().positions())
                .containsExactly(Map.entry(ORDERS_0, 630L), Map.entry(ORDERS_1, 60L));
        test.assertEverySnapshotIsReadable(LEDGER);
    }

    @Test
    void leavesOpenEpochsWithTheirPointers() {
        Ledger ledger = ledger(LIMITS);
        long run = ledger.claimRun();

        append(ledger, run, 1, 40, 30);

        LedgerState state = test.ledger().read();
        assertThat(state.open()).hasSize(31);
        assertThat(state.open())
                .allSatisfy(epoch ->
                        assertThat(epoch.staged().get(0).pointer()).isEqualTo(new byte[] {(byte) epoch.number(), 1}));
        assertThat(test.ledger().since(0))
                .filteredOn(epoch -> epoch.staged().get(0).pointer().length == 0)
                .extracting(Epoch::number)
                .isNotEmpty()
                .allSatisfy(number -> assertThat(number).isLessThan(10));
    }

    @Test
    void addsUpWhatIsOld() {
        Ledger ledger = ledger(NOTHING_IS_YOUNG);
        long run = ledger.claimRun();

        append(ledger, run, 1, 63, 2);

        List<WrittenEpoch> history = new ArrayList<>();
        test.ledger().history(0, history::add);
        WrittenEpoch sum = history.get(0);
        long summed = sum.epoch().number();
        assertThat(sum.first()).isEqualTo(1);
        assertThat(summed).isGreaterThan(40);
        assertThat(history).hasSize(64 - (int) summed);
        assertThat(sum.epoch().progress())
                .containsExactly(
                        new SplitProgress(ORDERS_0, 0, summed * 10, summed * 10 - summed),
                        new SplitProgress(ORDERS_1, 0, summed / 10 * 10, summed / 10 * 10));
        assertThat(sum.epoch().outcomes())
                .containsExactly(new OutcomeCount(ORDERS_0, Outcome.ROUTED, "sales.orders", "", summed * 9));
        assertThat(sum.epoch().staged())
                .usingRecursiveComparison()
                .isEqualTo(List.of(new StagedFiles(
                        TestLake.ORDERS, "uuid-1", new byte[0], (int) summed, summed * 9, summed * 4711)));
    }

    @Test
    void goesOnReadingFromASum() {
        Ledger ledger = ledger(NOTHING_IS_YOUNG);
        long run = ledger.claimRun();
        append(ledger, run, 1, 63, 2);

        LedgerState state = test.ledger().read();

        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 630L), Map.entry(ORDERS_1, 60L));
        assertThat(state.open()).extracting(Epoch::number).containsExactly(61L, 62L, 63L);
        append(ledger, run, 64, 90, 2);
        assertThat(test.ledger().read().positions())
                .containsExactly(Map.entry(ORDERS_0, 900L), Map.entry(ORDERS_1, 90L));
    }

    @Test
    void doesNothingForARunThatHasBeenSuperseded() {
        Ledger ledger = ledger(LIMITS);
        long run = ledger.claimRun();
        append(ledger, run, 1, 4, 0);
        Epoch last = epoch(5, run);
        ledger.append(last, 5);
        test.ledger().claimRun();
        String before = location();

        // A process that has just started would look at once.
        ledger(LIMITS).upkeep(last);

        assertThat(location()).isEqualTo(before);
        assertThatThrownBy(() -> ledger.append(epoch(6, run), 5)).isInstanceOf(Ledger.RunSuperseded.class);
    }

    @Test
    void leavesItForTheNextTimeWhenSomebodyElseCommitsMeanwhile() {
        Ledger calm = ledger(LIMITS);
        long run = calm.claimRun();
        append(calm, run, 1, 1, 0);
        for (long number = 2; number <= 6; number++) {
            calm.append(epoch(number, run), number - 1);
        }
        FaultyCommits between = new FaultyCommits().beforeRefresh(() -> test.table(LEDGER)
                .updateProperties()
                .set("who", "somebody else")
                .commit());

        ledger(LIMITS, between).upkeep(epoch(6, run));

        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSize(6);
        assertThat(test.table(LEDGER).properties()).containsEntry("who", "somebody else");
        ledger(LIMITS).upkeep(epoch(6, run));
        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void keepsEveryRowWhateverIsAnswered(RuntimeException answer) {
        Ledger calm = ledger(LIMITS);
        long run = calm.claimRun();
        for (long number = 1; number <= 12; number++) {
            calm.append(epoch(number, run), number - 1);
        }

        ledger(LIMITS, new FaultyCommits(FaultyCommits.neverSent(answer))).upkeep(epoch(12, run));
        assertThat(test.rows(LEDGER)).hasSize(12);
        ledger(LIMITS, new FaultyCommits(FaultyCommits.landedThen(answer), FaultyCommits.landedThen(answer)))
                .upkeep(epoch(12, run));

        assertThat(test.rows(LEDGER)).hasSize(12);
        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSizeLessThan(12);
        assertThat(test.ledger().since(0)).hasSize(12);
        test.assertEverySnapshotIsReadable(LEDGER);
    }

    @Test
    void leavesALedgerAloneWhoseRowsOthersHaveDeleted() {
        Ledger ledger = ledger(LIMITS);
        long run = ledger.claimRun();
        for (long number = 1; number <= 12; number++) {
            ledger.append(epoch(number, run), number - 1);
        }
        test.table(LEDGER)
                .newDelete()
                .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.equal("epoch", 3L))
                .commit();
        String before = location();

        ledger(LIMITS).upkeep(epoch(12, run));

        assertThat(location()).isEqualTo(before);
    }

    private Ledger ledger(LedgerUpkeep.Limits limits) {
        return ledger(limits, UnaryOperator.identity());
    }

    private Ledger ledger(LedgerUpkeep.Limits limits, UnaryOperator<TableOperations> commits) {
        test.ledger();
        return new IcebergLedger(test.tables(commits), TestLake.NAMES, new Retries(6, Duration.ofMillis(1)), limits);
    }

    private String location() {
        return LakeTables.operations(test.table(LEDGER)).current().metadataFileLocation();
    }

    /** @param behind so many epochs less one are not in all their tables */
    private static void append(Ledger ledger, long run, long first, long last, long behind) {
        for (long number = first; number <= last; number++) {
            Epoch epoch = epoch(number, run);
            ledger.append(epoch, Math.max(0, number - 1 - behind));
            ledger.upkeep(epoch);
        }
    }

    /** One split moves by ten each time, with a gap of one; another one in ten times. */
    private static Epoch epoch(long number, long run) {
        List<SplitProgress> progress = new ArrayList<>();
        progress.add(new SplitProgress(ORDERS_0, (number - 1) * 10, number * 10, 9));
        if (number % 10 == 0) {
            progress.add(new SplitProgress(ORDERS_1, number - 10, number, 10));
        }
        return new Epoch(
                number,
                run,
                "plan",
                number,
                progress,
                List.of(new OutcomeCount(ORDERS_0, Outcome.ROUTED, "sales.orders", "", 9)),
                List.of(new StagedFiles(TestLake.ORDERS, "uuid-1", new byte[] {(byte) number, 1}, 1, 9, 4711)));
    }

    private long filesOnDisk(CatalogKind kind, String ending) {
        try (Stream<Path> files = Files.walk(folder.resolve(kind.name()))) {
            return files.filter(file -> file.toString().endsWith(ending)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

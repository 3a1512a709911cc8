package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger that the first Firn has written is read, and goes on. */
class OldLedgerTest {

    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");
    private static final Split ORDERS_1 = new Split("kafka", "orders", 1, "topic-1");

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

    private List<Epoch> written(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
        OldLedger old = new OldLedger(test);
        List<Epoch> epochs = new ArrayList<>();
        for (long number = 1; number <= 4; number++) {
            Epoch epoch = epoch(number, 1);
            old.append(epoch, number - 2);
            epochs.add(epoch);
        }
        return epochs;
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void isReadAsItIs(CatalogKind kind) {
        List<Epoch> epochs = written(kind);

        LedgerState state = test.ledger().read();

        assertThat(state.lastEpoch()).isEqualTo(4);
        assertThat(state.lastRun()).isEqualTo(1);
        assertThat(state.positions()).containsExactly(Map.entry(ORDERS_0, 40L), Map.entry(ORDERS_1, 2L));
        assertThat(state.open()).usingRecursiveComparison().isEqualTo(epochs.subList(2, 4));
        assertThat(test.ledger().since(0)).usingRecursiveComparison().isEqualTo(epochs);
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void goesOnWithRowsOfToday(CatalogKind kind) {
        List<Epoch> epochs = written(kind);
        Ledger ledger = test.ledger();

        long run = ledger.claimRun();
        for (long number = 5; number <= 23; number++) {
            Epoch epoch = epoch(number, run);
            ledger.append(epoch, number - 1);
            epochs.add(epoch);
        }

        assertThat(run).isEqualTo(2);
        assertThat(test.ledger().since(0)).usingRecursiveComparison().isEqualTo(epochs);
        assertThat(test.ledger().since(2)).usingRecursiveComparison().isEqualTo(epochs.subList(2, 23));
        assertThat(test.ledger().read().positions())
                .containsExactly(Map.entry(ORDERS_0, 230L), Map.entry(ORDERS_1, 2L));
        test.assertEverySnapshotIsReadable(TestLake.NAMES.ledger());
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void learnsOfSchemasOnceARunHasClaimedIt(CatalogKind kind) {
        written(kind);
        Ledger ledger = test.ledger();
        assertThat(ledger.schemas()).isEqualTo(LedgerSchemas.NONE);

        long run = ledger.claimRun();
        assertThat(ledger.schemas()).isEqualTo(LedgerSchemas.NONE);
        Epoch plain = epoch(5, run);
        LedgerSchemas seven = new LedgerSchemas(List.of(new UsedSchema("one", 7, "seven")), List.of());
        ledger.append(new Epoch(5, run, "plan", 5, plain.progress(), plain.outcomes(), plain.staged(), seven), 4);

        assertThat(test.ledger().schemas()).isEqualTo(seven);
        assertThat(test.ledger().since(3)).extracting(Epoch::schemas).containsExactly(LedgerSchemas.NONE, seven);
        assertThat(test.table(TestLake.NAMES.ledger()).properties()).containsEntry("firn.ledger-version", "5");
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void isTidiedUpLikeAnyOther(CatalogKind kind) {
        List<Epoch> epochs = written(kind);
        test.ledger().claimRun();
        LedgerUpkeep.Limits limits =
                new LedgerUpkeep.Limits(5, 3, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(9999));
        Ledger ledger = new IcebergLedger(test.tables(), TestLake.NAMES, new Retries(6, Duration.ofMillis(1)), limits);
        Epoch fifth = epoch(5, 2);
        ledger.append(fifth, 4);
        epochs.add(fifth);

        ledger.upkeep(fifth);

        assertThat(LedgerFiles.of(test.table(TestLake.NAMES.ledger())).files()).hasSize(3);
        assertThat(test.ledger().since(0))
                .usingRecursiveComparison()
                .ignoringFields("staged.pointer")
                .isEqualTo(epochs);
    }

    private static Epoch epoch(long number, long run) {
        List<SplitProgress> progress = new ArrayList<>();
        progress.add(new SplitProgress(ORDERS_0, (number - 1) * 10, number * 10, 9));
        if (number == 2) {
            progress.add(new SplitProgress(ORDERS_1, 1, 2, 1));
        }
        return new Epoch(
                number,
                run,
                "plan",
                number,
                progress,
                List.of(new OutcomeCount(ORDERS_0, Outcome.NON_DATA, "", "tombstone", 9)),
                List.of(new StagedFiles(TestLake.ORDERS, "uuid-1", new byte[] {(byte) number, 1}, 1, 9, 4711)));
    }
}

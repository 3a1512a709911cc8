package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerSchemasTest {

    private static final TableName LEDGER = TestLake.NAMES.ledger();
    private static final Split ORDERS_0 = new Split("kafka", "orders", 0, "topic-1");

    private static final LedgerUpkeep.Limits OFTEN =
            new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), Duration.ofDays(9999));
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

    private Ledger ledger(LedgerUpkeep.Limits limits) {
        test.ledger();
        return new IcebergLedger(test.tables(), TestLake.NAMES, new Retries(6, Duration.ofMillis(1)), limits);
    }

    private static UsedSchema used(int id) {
        return new UsedSchema("registry-1", id, "{\"name\": \"of " + id + "\"}");
    }

    private static PlannedSchema planned(long run, String value) {
        return new PlannedSchema("registry-1", "kafka", "orders", run, value, "key of it");
    }

    private static Epoch epoch(long number, long run, LedgerSchemas schemas) {
        return new Epoch(
                number,
                run,
                "plan",
                number,
                List.of(new SplitProgress(ORDERS_0, (number - 1) * 10, number * 10, 10)),
                List.of(),
                List.of(),
                schemas);
    }

    private static LedgerSchemas one(long epoch) {
        return new LedgerSchemas(List.of(used((int) epoch)), List.of(planned(epoch, "of epoch " + epoch)));
    }

    /** Epoch 3 meets a schema, and 7 does; all others none. */
    private static void append(Ledger ledger, long run, long last) {
        for (long number = ledger.read().lastEpoch() + 1; number <= last; number++) {
            Epoch epoch = epoch(number, run, number == 3 || number == 7 ? one(number) : LedgerSchemas.NONE);
            ledger.append(epoch, number - 1);
            ledger.upkeep(epoch);
        }
    }

    private static final LedgerSchemas ALL =
            new LedgerSchemas(List.of(used(3), used(7)), List.of(planned(7, "of epoch 7")));

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void remembersWhatEpochsWereReadWith(CatalogKind kind) {
        test.close();
        test = new TestLake(kind, folder.resolve(kind.name()));
        Ledger ledger = ledger(OFTEN);
        assertThat(ledger.schemas()).isEqualTo(LedgerSchemas.NONE);

        append(ledger, ledger.claimRun(), 8);

        assertThat(test.ledger().schemas()).isEqualTo(ALL);
        assertThat(test.ledger().since(6)).extracting(Epoch::schemas).containsExactly(one(7), LedgerSchemas.NONE);
        assertThat(test.ledger().read().open()).extracting(Epoch::schemas).containsExactly(LedgerSchemas.NONE);
    }

    @Test
    void keepsThemWhenRowsArePutTogether() {
        Ledger ledger = ledger(OFTEN);

        append(ledger, ledger.claimRun(), 63);

        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSizeLessThan(20);
        assertThat(test.ledger().schemas()).isEqualTo(ALL);
        assertThat(test.ledger().since(6).get(0).schemas()).isEqualTo(one(7));
    }

    @Test
    void keepsThemWhenOldRowsAreAddedUpHoweverLongAgoTheyWereUsed() {
        Ledger ledger = ledger(NOTHING_IS_YOUNG);

        append(ledger, ledger.claimRun(), 63);

        List<Long> firsts = new ArrayList<>();
        ledger.history(0, written -> firsts.add(written.first()));
        assertThat(firsts).hasSizeLessThan(24).first().isEqualTo(1L);
        assertThat(test.ledger().schemas()).isEqualTo(ALL);
    }

    @Test
    void opensNoFileThatSaysNothingOfSchemas() throws IOException {
        Ledger ledger = test.ledger();
        append(ledger, ledger.claimRun(), 12);

        List<FileScanTask> opened = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = test.table(LEDGER)
                .newScan()
                .filter(Expressions.notNull(LedgerTable.SCHEMAS))
                .planFiles()) {
            tasks.forEach(opened::add);
        }

        assertThat(opened)
                .extracting(task -> LedgerFiles.of(test.table(LEDGER)).files().stream()
                        .filter(file -> file.file()
                                .path()
                                .toString()
                                .contentEquals(task.file().path()))
                        .findFirst()
                        .orElseThrow()
                        .first())
                .containsExactlyInAnyOrder(3L, 7L);
    }

    @Test
    void keepsThoseOfEpochsThatWereTakenBack() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        append(ledger, run, 8);

        Epoch back = new Epoch(9, run, "plan", 0, List.of(), List.of(), List.of());
        ledger.append(new Rewind(back, 2, Map.of(ORDERS_0, 20L)));

        assertThat(test.ledger().schemas()).isEqualTo(ALL);
    }

    /** What no epoch is told of twice may still be met by two jobs that both believe to be the newest. */
    @Test
    void ofAnIdTheFirstDefinitionCounts() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, new LedgerSchemas(List.of(used(3)), List.of())), 0);
        UsedSchema later = new UsedSchema("registry-1", 3, "another");
        ledger.append(epoch(2, run, new LedgerSchemas(List.of(later), List.of())), 0);

        assertThat(test.ledger().schemas().used()).containsExactly(used(3));
    }
}

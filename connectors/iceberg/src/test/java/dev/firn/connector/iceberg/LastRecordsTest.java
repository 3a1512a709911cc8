package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger knows of the last record of each split, whatever becomes of its rows. */
class LastRecordsTest {

    private static final TableName LEDGER = TestLake.NAMES.ledger();
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

    /** Nine records, then a mark, of each epoch. */
    private static SplitProgress read(Split split, long number, @Nullable LastRecord last) {
        return new SplitProgress(split, (number - 1) * 10, number * 10, 9, last);
    }

    private static LastRecord last(long number) {
        return new LastRecord(number * 10 - 1, (int) number);
    }

    private static Epoch epoch(long number, long run, SplitProgress... progress) {
        return new Epoch(number, run, "plan", number, List.of(progress), List.of(), List.of());
    }

    private void appended(Ledger ledger, long epochs) {
        long run = ledger.claimRun();
        for (long number = 1; number <= epochs; number++) {
            Epoch epoch = epoch(number, run, read(ORDERS_0, number, last(number)));
            ledger.append(epoch, number - 1);
            ledger.upkeep(epoch);
        }
    }

    @Test
    void whatIsReadWithoutOneForgetsItAndWhatIsPassedDoesNot() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(1, run, read(ORDERS_0, 1, last(1)), read(ORDERS_1, 1, last(1))), 0);
        ledger.append(epoch(2, run, new SplitProgress(ORDERS_0, 10, 14, 0), read(ORDERS_1, 2, null)), 1);

        assertThat(test.ledger().read().lastRecords()).containsExactly(Map.entry(ORDERS_0, last(1)));
        assertThat(ledger.read().lastRecords()).containsExactly(Map.entry(ORDERS_0, last(1)));
    }

    /** Who reads begins with the newest row that has all positions. */
    @Test
    void isKnownOfASplitThatHasNotMovedForLong() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        for (long number = 1; number <= 25; number++) {
            SplitProgress moved = read(ORDERS_0, number, last(number));
            ledger.append(
                    number == 1 ? epoch(number, run, moved, read(ORDERS_1, 1, last(1))) : epoch(number, run, moved),
                    number - 1);
        }

        assertThat(test.ledger().read().lastRecords()).isEqualTo(Map.of(ORDERS_0, last(25), ORDERS_1, last(1)));
    }

    @Test
    void staysWhereRowsAreMerged() {
        Ledger ledger = ledger(Duration.ofDays(9999));
        appended(ledger, 43);

        assertThat(LedgerFiles.of(test.table(LEDGER)).files()).hasSizeLessThan(20);
        assertThat(test.ledger().read().lastRecords()).containsExactly(Map.entry(ORDERS_0, last(43)));
        assertThat(lastOfEach(0)).isEqualTo(lastsFrom(1, 43));
    }

    @Test
    void staysWhereOldRowsAreAddedUp() {
        Ledger ledger = ledger(Duration.ofDays(-1));
        appended(ledger, 43);

        assertThat(test.rows(LEDGER)).hasSizeLessThan(30);
        assertThat(test.ledger().read().lastRecords()).containsExactly(Map.entry(ORDERS_0, last(43)));
        List<@Nullable LastRecord> lasts = lastOfEach(0);
        assertThat(lasts).hasSizeLessThan(30).isEqualTo(lastsFrom(44 - lasts.size(), 43));
    }

    private List<@Nullable LastRecord> lastOfEach(long after) {
        List<@Nullable LastRecord> lasts = new ArrayList<>();
        test.ledger()
                .history(
                        after,
                        written -> lasts.add(written.epoch().progress().get(0).last()));
        return lasts;
    }

    private static List<@Nullable LastRecord> lastsFrom(long first, long last) {
        List<@Nullable LastRecord> lasts = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            lasts.add(last(number));
        }
        return lasts;
    }

    @Test
    void aRewindKnowsNoneUntilSomethingIsRead() {
        Ledger ledger = test.ledger();
        appended(ledger, 3);
        ledger.append(new Rewind(epoch(4, 1), 1, Map.of(ORDERS_0, 10L)));
        assertThat(test.ledger().read().lastRecords()).isEmpty();

        ledger.append(epoch(5, 1, new SplitProgress(ORDERS_0, 10, 12, 2, new LastRecord(12, 9))), 4);

        assertThat(test.ledger().read().lastRecords()).containsExactly(Map.entry(ORDERS_0, new LastRecord(12, 9)));
        assertThat(ledger.read().lastRecords()).containsExactly(Map.entry(ORDERS_0, new LastRecord(12, 9)));
    }

    @Test
    void findsAPlaceInALedgerOfTheVersionBefore() {
        TableSpec now = LedgerTable.spec(TestLake.NAMES);
        SortedMap<String, String> properties = new TreeMap<>(now.properties());
        properties.put(LedgerTable.VERSION_PROPERTY, "4");
        test.tables()
                .create(new TableSpec(
                        LEDGER,
                        new TableSchema(now.schema().columns().stream()
                                .map(LastRecordsTest::asBefore)
                                .toList()),
                        List.of(),
                        properties));

        appended(test.ledger(), 3);

        assertThat(test.ledger().read().lastRecords()).containsExactly(Map.entry(ORDERS_0, last(3)));
        assertThat(test.table(LEDGER).properties()).containsEntry(LedgerTable.VERSION_PROPERTY, "5");
    }

    private static Column asBefore(Column column) {
        if (column.type() instanceof ColumnType.ListOf list && list.element() instanceof ColumnType.Struct block) {
            ColumnType.Struct before = new ColumnType.Struct(block.columns().stream()
                    .filter(field -> !List.of("behind_last", "term").contains(field.name()))
                    .toList());
            return new Column(column.name(), new ColumnType.ListOf(before, list.elements()), column.nullability());
        }
        return column;
    }

    private Ledger ledger(Duration keep) {
        test.ledger();
        LedgerUpkeep.Limits limits = new LedgerUpkeep.Limits(5, 5, 8 << 20, 6, 10, Duration.ofDays(1), keep);
        return new IcebergLedger(test.tables(), TestLake.NAMES, new Retries(6, Duration.ofMillis(1)), limits);
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of a ledger leave out comes back when they are read. */
class LedgerRowsTest {

    private static final int EPOCHS = 45;

    @TempDir
    Path folder;

    private final Random random = new Random(4711);
    private final Map<Split, Long> positions = new TreeMap<>();
    private final Map<Split, LastRecord> lastRecords = new TreeMap<>();
    private TestLake test;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void readsBackEveryEpochAndEveryPosition() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        List<Epoch> epochs = new ArrayList<>();
        for (long number = 1; number <= EPOCHS; number++) {
            Epoch epoch = epoch(number, run);
            ledger.append(epoch, Math.max(0, number - 3));
            epochs.add(epoch);
            if (number % 7 == 0) {
                assertThat(test.ledger().read().positions()).isEqualTo(positions);
                assertThat(test.ledger().read().lastRecords()).isEqualTo(lastRecords);
            }
        }

        // At both ends, and around the rows that have all positions.
        for (int after : List.of(0, 1, 2, 19, 20, 21, 22, 39, 40, 41, 42, 44, EPOCHS)) {
            assertThat(texts(test.ledger().since(after))).isEqualTo(texts(epochs.subList(after, EPOCHS)));
        }
        assertThat(texts(test.ledger().read().open())).isEqualTo(texts(epochs.subList(EPOCHS - 3, EPOCHS)));
        List<Epoch> history = new ArrayList<>();
        test.ledger().history(11, written -> {
            assertThat(written.first()).isEqualTo(written.epoch().number());
            history.add(written.epoch());
        });
        assertThat(texts(history)).isEqualTo(texts(epochs.subList(11, EPOCHS)));
    }

    /** All that an epoch says; pointers are arrays, and a comparison field by field takes a minute. */
    private static List<String> texts(List<Epoch> epochs) {
        return epochs.stream()
                .map(epoch -> List.of(
                                epoch.number(),
                                epoch.run(),
                                epoch.planHash(),
                                epoch.checkpoint(),
                                epoch.progress(),
                                epoch.outcomes(),
                                epoch.schemas())
                        + epoch.staged().stream()
                                .map(LedgerRowsTest::text)
                                .toList()
                                .toString())
                .toList();
    }

    private static String text(StagedFiles files) {
        return files.table() + " " + files.incarnation() + " " + HexFormat.of().formatHex(files.pointer()) + " "
                + files.files() + " " + files.records() + " " + files.bytes();
    }

    @Test
    void keepsAllPositionsInOneRowOfTwentyOnly() {
        appendAll(EPOCHS);

        assertThat(test.rows(TestLake.NAMES.ledger()))
                .filteredOn(row -> row.getField("position_blocks") != null)
                .extracting(row -> row.getField("epoch"))
                .containsExactlyInAnyOrder(1L, 21L, 41L);
    }

    @Test
    void saysNeighbouringPartitionsInOneLine() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        List<SplitProgress> progress = new ArrayList<>();
        List<OutcomeCount> outcomes = new ArrayList<>();
        for (int partition = 0; partition < 100; partition++) {
            Split split = new Split("kafka", "orders", partition, "topic-1");
            progress.add(new SplitProgress(split, 0, 5, 5));
            outcomes.add(new OutcomeCount(split, Outcome.ROUTED, "sales.orders", "", 5));
        }
        ledger.append(new Epoch(1, run, "plan", 1, progress, outcomes, List.of()), 0);

        Record row = test.rows(TestLake.NAMES.ledger()).get(0);

        assertThat((List<?>) row.getField("position_blocks")).hasSize(1);
        assertThat((List<?>) row.getField("read_blocks")).hasSize(1);
        assertThat((List<?>) row.getField("outcome_blocks")).hasSize(1);
    }

    @Test
    void reachesFromTheOneLookToTheNextOverWhatIsNew() {
        Ledger writer = test.ledger();
        Ledger watcher = test.ledger();
        long run = writer.claimRun();
        for (long number = 1; number <= 30; number++) {
            writer.append(epoch(number, run), Math.max(0, number - 2));
            if (number % 4 == 1) {
                assertThat(watcher.read())
                        .usingRecursiveComparison()
                        .isEqualTo(test.ledger().read());
            }
        }
        assertThat(watcher.read().positions()).isEqualTo(positions);
        assertThat(watcher.read().lastRecords()).isEqualTo(lastRecords).isNotEmpty();
    }

    @Test
    void refusesALedgerWhosePositionsAreNotWhereItsRowsLead() {
        appendAll(25);
        // Somebody takes epoch 22's row for one that read one record more.
        Table table = test.table(TestLake.NAMES.ledger());
        LedgerReader reader = new LedgerReader(table);
        LedgerRow row =
                reader.rowsFromBase(21, 25, new LedgerFold("ledger")).get(0).row();
        LedgerRow.Moved line = row.moved().get(0);
        List<LedgerRow.Moved> altered = new ArrayList<>(row.moved());
        altered.set(0, new LedgerRow.Moved(line.split(), line.from(), line.read() + 1, line.skipped(), line.tail()));
        LedgerFold fold = new LedgerFold("shop.firn_ledger");
        List<LedgerFold.Folded> rows = reader.rowsFromBase(20, 25, new LedgerFold("ledger"));
        fold.add(rows.get(0).row());
        fold.add(row.withMoved(altered));
        LedgerRow next = rows.get(2).row().withBase(new Standing(positions, lastRecords));

        assertThatThrownBy(() -> fold.add(next))
                .isInstanceOf(LedgerAltered.class)
                .hasMessage("the ledger `shop.firn_ledger` does not add up: its positions after epoch 23 are not where"
                        + " its rows lead: rows were altered or deleted");
    }

    @Test
    void saysWhichRowIsMissingThatAllOthersAreReadFrom() {
        appendAll(25);
        test.table(TestLake.NAMES.ledger())
                .newDelete()
                .deleteFromRowFilter(Expressions.lessThan("epoch", 22L))
                .commit();

        assertThatThrownBy(() -> test.ledger().history(22, written -> {}))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining(
                        "says that epoch 25 is its last, but has only the rows [22] behind epoch 20: it was"
                                + " rolled back, or rows were deleted");
    }

    @Test
    void doesNotReadWhatALaterFirnHasWritten() {
        appendAll(1);
        test.table(TestLake.NAMES.ledger())
                .updateProperties()
                .set(LedgerTable.VERSION_PROPERTY, "6")
                .commit();

        assertThatThrownBy(() -> test.ledger().read())
                .isInstanceOf(OutsideException.class)
                .hasMessage("the ledger `shop.firn_ledger` was written by a later Firn: it is of version 6, and this"
                        + " Firn reads up to version 5");
        assertThatThrownBy(() -> test.ledger().claimRun()).isInstanceOf(OutsideException.class);
    }

    /** Mostly known; where nothing was read, the one before stays. */
    private @Nullable LastRecord last(Split split, long behind, long read) {
        if (read == 0) {
            return null;
        }
        LastRecord last = random.nextInt(4) == 0 ? null : new LastRecord(behind, random.nextInt(5));
        if (last == null) {
            lastRecords.remove(split);
        } else {
            lastRecords.put(split, last);
        }
        return last;
    }

    private void appendAll(int epochs) {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        for (long number = 1; number <= epochs; number++) {
            ledger.append(epoch(number, run), number - 1);
        }
    }

    /** Some splits move, some are new, some leave gaps; a topic is made anew on the way. */
    private Epoch epoch(long number, long run) {
        List<SplitProgress> progress = new ArrayList<>();
        List<OutcomeCount> outcomes = new ArrayList<>();
        for (int partition = 0; partition < 8; partition++) {
            for (String stream : List.of("orders", "refunds")) {
                if (random.nextInt(3) == 0) {
                    continue;
                }
                Split split = new Split("kafka", stream, partition, number > 30 && partition == 3 ? "new" : "old");
                long from = positions.getOrDefault(split, (long) random.nextInt(1000));
                long read = random.nextInt(20);
                long to = from + read + random.nextInt(2);
                positions.put(split, to);
                progress.add(new SplitProgress(split, from, to, read, last(split, from + read, read)));
                outcomes.add(new OutcomeCount(split, Outcome.ROUTED, "sales." + stream, "", read));
                if (random.nextInt(4) == 0) {
                    outcomes.add(new OutcomeCount(split, Outcome.QUARANTINED, "", "truncated-payload", 1));
                }
            }
        }
        progress.sort(Comparator.comparing(SplitProgress::split));
        outcomes.sort(Comparator.comparing(OutcomeCount::split).thenComparing(OutcomeCount::outcome));
        StagedFiles files = new StagedFiles(TestLake.ORDERS, "uuid-1", new byte[] {(byte) number, -1, 0}, 1, 5, 4711);
        return new Epoch(number, run, "plan-" + number % 2, 100 + number, progress, outcomes, List.of(files));
    }
}

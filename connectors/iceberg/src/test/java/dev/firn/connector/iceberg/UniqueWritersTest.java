package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.connector.iceberg.UniqueTable.Event;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.Repeated;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UniqueTables;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that takes no row a second time, written by one writer after another. */
class UniqueWritersTest {

    private static final UniqueTables TEN_SECONDS = UniqueTable.within(Duration.ofSeconds(10), UniqueTable.ROOM);

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private long epoch;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
    }

    private void start(String... partitioning) {
        lake.create(TestLake.spec(UniqueTable.NAME, UniqueTable.COLUMNS, partitioning));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aRowIsWrittenOnceWithinTheSpanWhateverTheOrderOfTimes() {
        start();
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            List<Optional<NoRow>> outcomes = UniqueTable.write(
                    writers,
                    new Event(1, 100, 0),
                    new Event(1, 100, 1),
                    new Event(2, 100, 2),
                    new Event(1, 109, 3),
                    new Event(1, 91, 4),
                    new Event(1, 110, 5),
                    new Event(1, 90, 6),
                    new Event(1, 119, 7));

            assertThat(outcomes)
                    .extracting(outcome -> outcome.isPresent() ? "again" : "row")
                    .containsExactly("row", "again", "row", "again", "again", "row", "row", "again");
            assertThat(outcomes.get(1)).contains(Repeated.ROW);
            assertThat(writers.isKeyed(UniqueTable.NAME))
                    .as("copies come to one writer")
                    .isTrue();
            commit(writers);
        }
        assertThat(UniqueTable.places(test)).containsExactly(0L, 2L, 5L, 6L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "day(at)", "bucket(id, 3)"})
    void aWriterThatStartsFindsWhatTheTableHas(String partitioning) {
        start(partitioning.isEmpty() ? new String[0] : new String[] {partitioning});
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            for (int n = 0; n < 5; n++) {
                UniqueTable.write(writers, new Event(n, 100_000L * n, n));
                commit(writers);
            }
        }

        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            for (int n = 0; n < 5; n++) {
                assertThat(UniqueTable.write(
                                again, new Event(n, 100_000L * n + 9, 10 + n), new Event(n, 100_000L * n + 10, 20 + n)))
                        .containsExactly(Optional.of(Repeated.ROW), Optional.empty());
            }
        }
    }

    @Test
    void whatWasNeverCommittedIsNotThere() {
        start();
        try (TableWriters killed = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(killed, new Event(1, 0, 0));
            killed.stage();
        }

        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(again, new Event(1, 0, 1))).containsExactly(Optional.empty());
        }
    }

    @Test
    void filesThatDoNotSayHowNewTheyAreAreRead() {
        test.create(UniqueTable.NAME, UniqueTable.COLUMNS, java.util.Map.of("write.format.default", "avro"));
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(writers, new Event(1, 0, 0), new Event(2, 500, 1));
            commit(writers);
        }

        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(again, new Event(1, 0, 2), new Event(2, 500, 3)))
                    .containsOnly(Optional.of(Repeated.ROW));
        }
    }

    @Test
    void whatSomebodyHasDeletedIsNewForAWriterThatStarts() {
        start("id");
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(writers, new Event(1, 0, 0), new Event(2, 0, 1));
            commit(writers);
        }
        test.table(UniqueTable.NAME)
                .newDelete()
                .deleteFromRowFilter(Expressions.equal("id", 1L))
                .commit();

        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(again, new Event(1, 0, 2), new Event(2, 0, 3)))
                    .containsExactly(Optional.empty(), Optional.of(Repeated.ROW));
        }
    }

    @Test
    void rowsThatAreOlderThanMemoryReachesAreRefusedBeforeAStartAndBehindIt() {
        start();
        UniqueTables small = UniqueTable.within(Duration.ofSeconds(10), 64 << 10);
        int rows = 6_000;
        try (TableWriters writers = UniqueTable.writers(lake, small)) {
            for (int n = 0; n < rows; n += 500) {
                assertThat(UniqueTable.write(writers, events(n, n + 500))).containsOnly(Optional.empty());
                commit(writers);
            }
            requireNoneTwice(writers, rows);
        }
        try (TableWriters again = UniqueTable.writers(lake, small)) {
            requireNoneTwice(again, rows);
        }
    }

    private static Event[] events(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> new Event(n, n, n)).toArray(Event[]::new);
    }

    /** The newest are known, the oldest are not, and none between is taken for a new row. */
    private static void requireNoneTwice(TableWriters writers, int rows) {
        List<String> said = UniqueTable.write(writers, events(0, rows)).stream()
                .map(outcome -> outcome.orElse(null) instanceof Rejected rejected
                        ? rejected.rule().orElse("")
                        : outcome.map(String::valueOf).orElse("a row"))
                .toList();
        assertThat(new HashSet<>(said)).isEqualTo(Set.of(UniqueRows.NOT_TOO_OLD, Repeated.ROW.toString()));
        assertThat(said.subList(rows - 900, rows)).containsOnly(Repeated.ROW.toString());
        assertThat(said.get(0)).isEqualTo(UniqueRows.NOT_TOO_OLD);
    }

    @Test
    void saysOfARowThatIsTooOldSinceWhenRowsAreKnown() {
        start();
        UniqueTables small = UniqueTable.within(Duration.ofSeconds(10), 64 << 10);
        try (TableWriters writers = UniqueTable.writers(lake, small)) {
            UniqueTable.write(writers, events(0, 3_000));
            NoRow old = UniqueTable.write(writers, new Event(-1, 0, 0)).get(0).orElseThrow();
            assertThat(((Rejected) old).reason())
                    .startsWith("its `at` is 2024-01-01T00:00Z, and rows of table `sales.events` are known from"
                            + " 2024-01-01T00:")
                    .endsWith(
                            " on: whether it has this one can't be told. With more `memory` in `unique`, and a new start, it"
                                    + " can; then the record has to be sent again");
        }
    }

    @Test
    void moreKeysWithinTheSpanThanFitEndTheJob() {
        start();
        UniqueTables small = UniqueTable.within(Duration.ofHours(1), 64 << 10);
        try (TableWriters writers = UniqueTable.writers(lake, small)) {
            assertThatThrownBy(() -> UniqueTable.write(writers, events(0, 3_000)))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("table `sales.events` has more than 1,911 keys within the span of its `unique`, and the"
                            + " 65,536 bytes of its `memory` hold no more: say more, a shorter `within`, or a higher"
                            + " `parallelism`");
        }
    }

    @Test
    void aTimeThatIsFarAheadMakesNothingElseForgotten() {
        start();
        UniqueTables small = UniqueTable.within(Duration.ofSeconds(1_600), 64 << 10);
        try (TableWriters writers = UniqueTable.writers(lake, small)) {
            UniqueTable.write(writers, new Event(-1, 1_000_000_000L, 0));
            for (int n = 100; n < 5_000; n += 50) {
                assertThat(UniqueTable.write(writers, events(n, n + 50))).containsOnly(Optional.empty());
                assertThat(UniqueTable.write(writers, events(n, n + 50))).containsOnly(Optional.of(Repeated.ROW));
            }
        }
    }

    @Test
    void eachWriterKnowsTheKeysThatComeToIt() {
        start();
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(writers, events(0, 100));
            commit(writers);
        }
        for (int subtask = 0; subtask < 3; subtask++) {
            int mine = subtask;
            try (TableWriters again =
                    UniqueTable.writers(lake, subtask, TEN_SECONDS, (table, key) -> Math.floorMod(key, 3) == mine)) {
                List<Optional<NoRow>> outcomes = UniqueTable.write(again, events(0, 100));
                for (int n = 0; n < 100; n++) {
                    boolean comes = Math.floorMod(number(again, new Event(n, n, n)), 3) == mine;
                    assertThat(outcomes.get(n).isPresent()).isEqualTo(comes);
                }
            }
        }
    }

    private static int number(TableWriters writers, Event event) {
        ListedRows rows = UniqueTable.rows(event);
        try {
            return writers.key(
                    UniqueTable.NAME, rows, ListedRows.SCHEMA_ID, rows.records().get(0));
        } catch (Rejected refused) {
            throw new AssertionError(refused);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro"})
    void keysOfAllTypesAreFoundAgainAndComeToTheSameWriter(String format) throws Rejected {
        List<Column> columns = List.of(
                Column.required("a", Primitive.BOOLEAN),
                Column.required("b", Primitive.INT),
                Column.required("c", Primitive.LONG),
                Column.required("d", Primitive.STRING),
                Column.required("e", Primitive.BINARY),
                Column.required("f", Primitive.DATE),
                Column.required("g", Primitive.TIME),
                Column.required("h", Primitive.TIMESTAMP),
                Column.required("i", Primitive.TIMESTAMPTZ),
                Column.required("j", Primitive.UUID),
                Column.required("k", new ColumnType.Decimal(20, 3)),
                Column.required("l", new ColumnType.Fixed(3)),
                Column.required("at", Primitive.TIMESTAMP));
        test.create(UniqueTable.NAME, new TableSchema(columns), java.util.Map.of("write.format.default", format));
        List<String> names = columns.stream().map(Column::name).toList();
        ListedRows rows = new ListedRows(names, List.of(allTypes(1), allTypes(2)));
        List<Integer> numbers = new ArrayList<>();
        UniqueTables unique =
                table -> Optional.of(new UniqueRows(names.subList(0, 12), "at", Duration.ofHours(1), UniqueTable.ROOM));
        try (TableWriters writers = UniqueTable.writers(lake, unique)) {
            for (int at = 0; at < 2; at++) {
                numbers.add(writers.key(
                        UniqueTable.NAME,
                        rows,
                        ListedRows.SCHEMA_ID,
                        rows.records().get(at)));
            }
            assertThat(writers.write(UniqueTable.NAME, rows, ListedRows.SCHEMA_ID, rows.records()))
                    .containsOnly(Optional.empty());
            lake.commit(UniqueTable.NAME, List.of(new StagedEpoch(1, 1, writers.stage())));
        }

        OwnedKeys first = (table, key) -> key == numbers.get(0);
        WriterSettings settings = new WriterSettings(2, 0, 0, 1, 1, RowKeys.NONE, KeptBytes.RAW, unique, first);
        try (TableWriters again = lake.writers(settings, Optional.of(ByNames.applyingAll()))) {
            assertThat(again.write(UniqueTable.NAME, rows, ListedRows.SCHEMA_ID, rows.records()))
                    .containsExactly(Optional.of(Repeated.ROW), Optional.empty());
        }
    }

    private static Fields allTypes(int n) {
        return new Fields(
                true,
                n,
                (long) n,
                "text " + n,
                ByteBuffer.wrap(new byte[] {1, (byte) n}),
                LocalDate.of(2024, 1, n),
                LocalTime.of(1, n),
                LocalDateTime.of(2024, 1, n, 0, 0, 0, 1_000),
                OffsetDateTime.of(2024, 1, n, 0, 0, 0, 1_000, ZoneOffset.UTC),
                new UUID(1, n),
                new BigDecimal("1234567.00" + n),
                new byte[] {1, 2, (byte) n},
                LocalDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC));
    }

    @Test
    void aKeyIsFoundAgainWhenItsColumnWasWidened() {
        test.create(
                UniqueTable.NAME,
                new TableSchema(List.of(
                        Column.required("id", Primitive.INT),
                        Column.required("at", Primitive.TIMESTAMPTZ),
                        Column.required("n", Primitive.LONG))));
        OffsetDateTime then = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        ListedRows narrow = new ListedRows(List.of("id", "at", "n"), List.of(new Fields(7, then, 0L)));
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            writers.write(UniqueTable.NAME, narrow, ListedRows.SCHEMA_ID, narrow.records());
            commit(writers);
            test.table(UniqueTable.NAME)
                    .updateSchema()
                    .updateColumn("id", org.apache.iceberg.types.Types.LongType.get())
                    .commit();
            assertThat(UniqueTable.write(writers, new Event(7, 0, 1))).containsExactly(Optional.of(Repeated.ROW));
        }
        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(again, new Event(7, 0, 2))).containsExactly(Optional.of(Repeated.ROW));
        }
    }

    @Test
    void aTimeThatIsNoTimestampIsRefused() {
        start();
        UniqueTables wrong =
                table -> Optional.of(new UniqueRows(List.of("id"), "n", Duration.ofHours(1), UniqueTable.ROOM));
        try (TableWriters writers = UniqueTable.writers(lake, wrong)) {
            assertThatThrownBy(() -> UniqueTable.write(writers, new Event(1, 0, 0)))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("table `sales.events` has the column `n` as the `time` of its `unique`, and it is no"
                            + " timestamp: long");
        }
    }

    private void commit(TableWriters writers) {
        UniqueTable.commit(lake, ++epoch, writers);
    }
}

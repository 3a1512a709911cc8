package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.connector.iceberg.UniqueTable.Event;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.Repeated;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UniqueTables;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.sink.UnknownRows.Hopeless;
import dev.firn.spi.sink.UnknownRows.Patience;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a writer that starts finds in a table that others have altered, dropped or made unreadable. */
class UniqueStartsTest {

    private static final TableName NAME = UniqueTable.NAME;
    private static final UniqueTables TEN_SECONDS = UniqueTable.within(Duration.ofSeconds(10), UniqueTable.ROOM);
    private static final OffsetDateTime NEW_YEAR = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final SeenTables.Waits NOT_AT_ALL = waits(Duration.ZERO);

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

    @AfterEach
    void close() {
        test.close();
    }

    private static SeenTables.Waits waits(Duration most) {
        Patience patience = new Patience(most, Duration.ofMillis(1));
        return new SeenTables.Waits(patience, patience);
    }

    private void twoEvents() {
        lake.create(TestLake.spec(NAME, UniqueTable.COLUMNS));
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(writers, new Event(1, 0, 0), new Event(2, 500, 1));
            commit(writers);
        }
    }

    private void commit(TableWriters writers) {
        UniqueTable.commit(lake, ++epoch, writers);
    }

    private static UniqueTables by(String key, String time) {
        return table -> Optional.of(new UniqueRows(List.of(key), time, Duration.ofSeconds(10), UniqueTable.ROOM));
    }

    private static ListedRows rows(String key, String time, Object at) {
        return new ListedRows(List.of(key, time, "n"), List.of(new Fields(1L, at, 7L)));
    }

    @Test
    void keysOfAColumnThatWasRenamedSinceTheLastCommitAreFound() {
        twoEvents();
        test.table(NAME)
                .updateSchema()
                .renameColumn("id", "event")
                .renameColumn("at", "happened")
                .commit();

        try (TableWriters again = UniqueTable.writers(lake, by("event", "happened"))) {
            ListedRows rows = rows("event", "happened", NEW_YEAR);
            assertThat(again.write(NAME, rows, ListedRows.SCHEMA_ID, rows.records()))
                    .containsExactly(Optional.of(Repeated.ROW));
        }
    }

    @Test
    void aColumnThatWasAddedSinceTheLastCommitMayBeTheTime() {
        twoEvents();
        test.table(NAME)
                .updateSchema()
                .addColumn("seen", Types.TimestampType.withZone())
                .commit();

        try (TableWriters again = UniqueTable.writers(lake, by("id", "seen"))) {
            again.learn(NAME);
            ListedRows rows = new ListedRows(
                    List.of("id", "at", "n", "seen"),
                    List.of(new Fields(1L, NEW_YEAR, 7L, NEW_YEAR), new Fields(1L, NEW_YEAR, 8L, NEW_YEAR)));
            assertThat(again.write(NAME, rows, ListedRows.SCHEMA_ID, rows.records()))
                    .as("nobody knows when the row that is there was")
                    .containsExactly(Optional.empty(), Optional.of(Repeated.ROW));
        }
    }

    /** Otherwise whatever is new would be too old for what is known. */
    @Test
    void aSpanThatFillsMoreThanHalfOfTheMemoryIsReadToItsEnd() {
        // Room for 179 keys; a start reads as many rows as fill three quarters of it at once.
        UniqueTables narrow = UniqueTable.within(Duration.ofSeconds(400), 256 * 24);
        lake.create(TestLake.spec(NAME, UniqueTable.COLUMNS));
        try (TableWriters writers = UniqueTable.writers(lake, narrow)) {
            for (int file = 0; file < 17; file++) {
                for (int id = 10 * file; id < 10 * file + 10; id++) {
                    UniqueTable.write(writers, new Event(id, id, id));
                }
                commit(writers);
            }
        }

        try (TableWriters again = UniqueTable.writers(lake, narrow)) {
            assertThat(UniqueTable.write(again, new Event(1_000, 170, 170), new Event(3, 3, 171)))
                    .containsExactly(Optional.empty(), Optional.of(Repeated.ROW));
        }
    }

    @Test
    void aColumnThatIsGoneIsNotWaitedFor() {
        twoEvents();
        test.table(NAME).updateSchema().renameColumn("id", "event").commit();

        SeenTables seen = seen(SeenTables.Waits.DEFAULT);
        assertThatThrownBy(() -> seen.learn(NAME, TEN_SECONDS.of(NAME).orElseThrow()))
                .isInstanceOf(Hopeless.class)
                .hasMessage("table `sales.events` has no column `id`, which is in the `key` of its `unique`");
        assertThatThrownBy(() -> seen.learn(NAME, by("event", "n").of(NAME).orElseThrow()))
                .isInstanceOf(Hopeless.class)
                .hasMessageEndingWith("and it is no timestamp: long");
    }

    private SeenTables seen(SeenTables.Waits waits) {
        return new SeenTables(test.tables(), OwnedKeys.ALL, new SeenMemory(UniqueTable.ROOM), waits);
    }

    @Test
    void aTableThatIsMadeAnewWhileAWriterRunsHasNoneOfTheRows() {
        twoEvents();
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(writers, new Event(1, 0, 2))).containsExactly(Optional.of(Repeated.ROW));
            test.drop(NAME);
            lake.create(TestLake.spec(NAME, UniqueTable.COLUMNS));
            writers.stage();

            assertThat(UniqueTable.write(writers, new Event(1, 0, 3), new Event(1, 0, 4)))
                    .containsExactly(Optional.empty(), Optional.of(Repeated.ROW));
            commit(writers);
        }
        assertThat(UniqueTable.places(test)).containsExactly(3L);
    }

    @Test
    void aTableThatIsNotThereYetHasNothing() {
        assertThatCode(() -> seen(NOT_AT_ALL).learn(NAME, TEN_SECONDS.of(NAME).orElseThrow()))
                .doesNotThrowAnyException();
    }

    @Test
    @Timeout(60)
    void aStorageThatIsAwayIsWaitedForAndSaysWhy() throws Exception {
        twoEvents();
        Path data =
                Path.of(test.table(NAME).location().replaceFirst("^file:", "")).resolve("data");
        Path away = data.resolveSibling("away");
        Files.move(data, away);
        assertThatThrownBy(
                        () -> seen(NOT_AT_ALL).learn(NAME, TEN_SECONDS.of(NAME).orElseThrow()))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("failed to look which rows table `sales.events` has");

        SeenTables seen = seen(waits(Duration.ofMinutes(1)));
        CompletableFuture<Void> learnt = CompletableFuture.runAsync(
                () -> seen.learn(NAME, TEN_SECONDS.of(NAME).orElseThrow()));
        while (!UnknownRows.now().containsKey(NAME)) {
            assertThat(learnt).isNotCompletedExceptionally();
            Thread.onSpinWait();
        }
        assertThat(UnknownRows.now().get(NAME)).contains("failed to look which rows table `sales.events` has");
        Files.move(away, data);
        learnt.get(30, TimeUnit.SECONDS);
        assertThat(UnknownRows.now()).isEmpty();
    }

    @Test
    void filesSayHowNewTheyAreWhateverTheTableSaysOfOthers() {
        test.create(NAME, UniqueTable.COLUMNS, Map.of("write.metadata.metrics.default", "none"));
        try (TableWriters writers = UniqueTable.writers(lake, TEN_SECONDS)) {
            UniqueTable.write(writers, new Event(1, 0, 0));
            commit(writers);
        }
        int at = test.table(NAME).schema().findField("at").fieldId();
        assertThat(onlyFile().upperBounds()).containsOnlyKeys(at);
    }

    private DataFile onlyFile() {
        Table table = test.table(NAME);
        return table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
    }

    @Test
    void aFileWhoseBoundsAreOfDaysIsRead() {
        twoEvents();
        Table table = test.table(NAME);
        DataFile file = onlyFile();
        int at = table.schema().findField("at").fieldId();
        table.newOverwrite()
                .deleteFile(file)
                .addFile(DataFiles.builder(table.spec())
                        .withPath(file.path().toString())
                        .withFileSizeInBytes(file.fileSizeInBytes())
                        .withFormat(file.format())
                        .withMetrics(new Metrics(
                                file.recordCount(),
                                null,
                                null,
                                null,
                                null,
                                Map.of(at, ByteBuffer.allocate(4)),
                                Map.of(at, ByteBuffer.allocate(4))))
                        .build())
                .commit();

        try (TableWriters again = UniqueTable.writers(lake, TEN_SECONDS)) {
            assertThat(UniqueTable.write(again, new Event(1, 0, 2))).containsExactly(Optional.of(Repeated.ROW));
        }
    }

    @Test
    void aTimeWithoutZoneIsToldWithoutOne() {
        test.create(
                NAME,
                new TableSchema(List.of(
                        Column.required("id", Primitive.LONG),
                        Column.required("at", Primitive.TIMESTAMP),
                        Column.required("n", Primitive.LONG))));
        UniqueTables small = UniqueTable.within(Duration.ofSeconds(10), 64 << 10);
        try (TableWriters writers = lake.writers(
                new WriterSettings(1, 0, 0, 1, 1, RowKeys.NONE, KeptBytes.RAW, small, OwnedKeys.ALL),
                Optional.of(ByNames.applyingAll()))) {
            LocalDateTime start = NEW_YEAR.toLocalDateTime();
            for (int n = 0; n < 3_000; n++) {
                ListedRows row = new ListedRows(
                        List.of("id", "at", "n"), List.of(new Fields((long) n, start.plusSeconds(n), (long) n)));
                writers.write(NAME, row, ListedRows.SCHEMA_ID, row.records());
            }
            ListedRows old = new ListedRows(List.of("id", "at", "n"), List.of(new Fields(-1L, start, -1L)));
            Rejected refused = (Rejected) writers.write(NAME, old, ListedRows.SCHEMA_ID, old.records())
                    .get(0)
                    .orElseThrow();
            assertThat(refused.reason())
                    .startsWith(
                            "its `at` is 2024-01-01T00:00, and rows of table `sales.events` are known from 2024-01-01T00:")
                    .doesNotContain("Z");
        }
    }
}

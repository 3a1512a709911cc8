package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a schema pauses its table, and all that comes for it waits, until somebody decides. */
class PausedTablesTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final Column NOTE = Column.optional("note", Primitive.STRING);
    private static final WriterSchema PLAIN = WrittenRows.schema(1, NUMBER);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, NOTE);

    /** Pauses at a column that the table lacks. */
    private static final SchemaEvolution PAUSING = (table, now, lineage) ->
            now.columns().column("note").isPresent() || lineage.schema().equals(PLAIN)
                    ? ByNames.applyingAll().judge(table, now, lineage)
                    : new Verdict.Refused(
                            Decision.PAUSE_TABLE,
                            List.of(new Decided(new SchemaChange.AddColumn("note", NOTE), Decision.PAUSE_TABLE)));

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private final WrittenRows rows = new WrittenRows(PLAIN, NOTED);
    private final List<TableWriters> opened = new ArrayList<>();
    private long epoch;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.create(lake.quarantineTable());
    }

    @AfterEach
    void close() {
        opened.forEach(TableWriters::close);
        test.close();
    }

    private TableWriters writers(int subtask) {
        TableWriters writers = lake.writers(new WriterSettings(1, subtask, 0), Optional.of(PAUSING));
        opened.add(writers);
        return writers;
    }

    private Optional<RejectCode> write(TableWriters writers, int schemaId, Map<String, Object> row) {
        return TestLake.write(writers, TestLake.ORDERS, rows, schemaId, rows.records(row))
                .get(0)
                .map(Rejected::code);
    }

    private void barrier(TableWriters writers) {
        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, ++epoch, writers.stage())));
    }

    private Table table() {
        return test.table(TestLake.ORDERS);
    }

    private Foreseen decide(SchemaEvolution evolution) throws Rejected {
        RawRecord first = rows.records(Map.of("n", 9L)).get(0);
        return lake.decide(TestLake.ORDERS, rows.lineages(2, "orders"), first, evolution)
                .orElseThrow();
    }

    @Test
    void recordsOfAllSchemasWaitOnceOneHasPausedTheTable() {
        TableWriters writers = writers(0);
        assertThat(write(writers, 1, Map.of("n", 1L))).isEmpty();

        assertThat(write(writers, 2, Map.of("n", 2L, "note", "two"))).contains(RejectCode.TABLE_PAUSED);
        assertThat(write(writers, 1, Map.of("n", 3L))).contains(RejectCode.TABLE_PAUSED);
        barrier(writers);
        assertThat(write(writers, 1, Map.of("n", 4L))).contains(RejectCode.TABLE_PAUSED);

        assertThat(test.rows(TestLake.ORDERS)).hasSize(1);
        assertThat(table().schema().columns()).hasSize(1);
    }

    @Test
    void theTableSaysSinceWhenAndWhy() {
        write(writers(0), 2, Map.of("n", 2L, "note", "two"));

        PausedTable paused = lake.paused(TestLake.ORDERS).orElseThrow();
        assertThat(paused.reason())
                .isEqualTo("table `sales.orders` does not follow the record's schema, as `schema-evolution` says:"
                        + " add-column note (string, optional): pause-table");
        assertThat(paused.by()).contains(new PausedTable.Bringer(ListedRows.SPLIT, 0, 2, false));
    }

    @Test
    void theTableSaysBehindWhichEpochAllIsThatWaits() {
        TableWriters writers = writers(0);
        write(writers, 1, Map.of("n", 1L));
        barrier(writers);

        write(writers, 2, Map.of("n", 2L, "note", "two"));

        assertThat(table().properties().get("firn.shop.paused")).contains("\"after\":1,");
    }

    @Test
    void anotherWriterAndANextRunFindItPaused() {
        write(writers(0), 2, Map.of("n", 2L, "note", "two"));

        assertThat(write(writers(1), 1, Map.of("n", 3L))).contains(RejectCode.TABLE_PAUSED);
    }

    @Test
    void whatWasDecidedAboutTheFirstTimeStandsWhenAnotherWriterPausesItToo() {
        TableWriters first = writers(0);
        TableWriters second = writers(1);
        write(second, 1, Map.of("n", 1L));
        write(first, 2, Map.of("n", 2L, "note", "two"));
        PausedTable paused = lake.paused(TestLake.ORDERS).orElseThrow();

        assertThat(write(second, 2, Map.of("n", 3L, "note", "three"))).contains(RejectCode.TABLE_PAUSED);

        assertThat(lake.paused(TestLake.ORDERS)).contains(paused);
    }

    @Test
    void goesOnWithWritersThatAreOpenOnceItIsDecidedAndResumed() throws Exception {
        TableWriters writers = writers(0);
        write(writers, 2, Map.of("n", 2L, "note", "two"));
        barrier(writers);

        assertThat(decide(ByNames.applyingAll())).isInstanceOf(Foreseen.Takes.class);
        lake.resume(TestLake.ORDERS);

        assertThat(write(writers, 2, Map.of("n", 2L, "note", "two"))).isEmpty();
        assertThat(write(writers, 1, Map.of("n", 3L))).isEmpty();
        barrier(writers);
        assertThat(test.rows(TestLake.ORDERS)).hasSize(2);
        assertThat(lake.paused(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void aWriterThatHasSentRecordsToQuarantineGoesOnWithItUntilItsBarrier() {
        TableWriters writers = writers(0);
        write(writers, 2, Map.of("n", 2L, "note", "two"));
        barrier(writers);
        assertThat(write(writers, 1, Map.of("n", 3L))).contains(RejectCode.TABLE_PAUSED);
        lake.resume(TestLake.ORDERS);

        assertThat(write(writers, 1, Map.of("n", 4L))).contains(RejectCode.TABLE_PAUSED);
        barrier(writers);
        assertThat(write(writers, 1, Map.of("n", 5L))).isEmpty();
    }

    @Test
    void aWriterThatHasNotLookedForLongDoesBeforeItSendsAnotherRecordToQuarantine() {
        Lake looking = test.openThatLooksAgainAfter(Duration.ofMillis(1));
        TableWriters writers = looking.writers(new WriterSettings(1, 0, 0), Optional.of(PAUSING));
        opened.add(writers);
        write(writers, 2, Map.of("n", 2L, "note", "two"));
        barrier(writers);
        lake.resume(TestLake.ORDERS);

        assertThat(write(writers, 1, Map.of("n", 3L))).isEmpty();
    }

    @Test
    void staysPausedWhereTheDecisionIsStillToPause() throws Exception {
        write(writers(0), 2, Map.of("n", 2L, "note", "two"));

        assertThat(decide(PAUSING))
                .isInstanceOfSatisfying(Foreseen.Refuses.class, refuses -> assertThat(refuses.decision())
                        .isEqualTo(Decision.PAUSE_TABLE));
        assertThat(lake.paused(TestLake.ORDERS)).isPresent();
    }

    @Test
    void aSchemaThatPausesATableThatWasResumedPausesItAgain() {
        TableWriters writers = writers(0);
        write(writers, 2, Map.of("n", 2L, "note", "two"));
        barrier(writers);
        lake.resume(TestLake.ORDERS);

        assertThat(write(writers, 1, Map.of("n", 3L))).isEmpty();
        assertThat(write(writers, 2, Map.of("n", 4L, "note", "four"))).contains(RejectCode.TABLE_PAUSED);

        assertThat(lake.paused(TestLake.ORDERS)).isPresent();
    }

    @Test
    void aPauseThatThisFirnCanNotReadIsAPauseAllTheSame() {
        table().updateProperties().set("firn.shop.paused", "{\"version\":2}").commit();

        assertThat(write(writers(0), 1, Map.of("n", 1L))).contains(RejectCode.TABLE_PAUSED);
        PausedTable paused = lake.paused(TestLake.ORDERS).orElseThrow();
        assertThat(paused.by()).isEmpty();
        assertThat(paused.reason()).contains("`{\"version\":2}`, which this Firn can't read");
    }

    @Test
    void aPauseOfAnotherPipelineIsItsOwn() {
        table().updateProperties().set("firn.another.paused", "{\"version\":2}").commit();

        assertThat(lake.paused(TestLake.ORDERS)).isEmpty();
        assertThat(write(writers(0), 1, Map.of("n", 1L))).isEmpty();
    }
}

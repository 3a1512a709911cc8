package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.ListedRows.Bad;
import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergWritersTest {

    private static final WriterSettings SETTINGS = new WriterSettings(3, 1, 2);

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private TableWriters writers;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
        lake.create(lake.quarantineTable());
        writers = lake.writers(SETTINGS);
    }

    @AfterEach
    void close() {
        writers.close();
        test.close();
    }

    @Test
    void writesTheRestOfABatchWithBadRows() {
        ListedRows rows = new ListedRows(List.of(new Fields(1L), new Bad(RejectCode.BAD_UTF8), new Fields(3L)));

        List<Optional<Rejected>> outcomes =
                TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
        commit(writers.stage());

        assertThat(outcomes)
                .extracting(outcome -> outcome.map(Rejected::code))
                .containsExactly(Optional.empty(), Optional.of(RejectCode.BAD_UTF8), Optional.empty());
        assertThat(test.numbers()).containsExactly(1L, 3L);
    }

    @Test
    void asksOnceForADecoder() {
        ListedRows rows = ListedRows.ofNumbers(1);

        for (int i = 0; i < 3; i++) {
            TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
            writers.stage();
        }
        TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID + 1, rows.records());

        assertThat(rows.decodersOpened).isEqualTo(2);
    }

    @Test
    void rejectsAllRowsOfASchemaThatDoesNotFitAndRemembersIt() {
        ListedRows rows = ListedRows.ofNumbers(1, 2);
        rows.refusals.add(new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "no such column"));

        for (int i = 0; i < 2; i++) {
            assertThat(TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records()))
                    .hasSize(2)
                    .allSatisfy(outcome ->
                            assertThat(outcome.orElseThrow().code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE));
        }
        assertThat(rows.decodersOpened).isEqualTo(1);
        assertThat(writers.stage()).isEmpty();
    }

    @Test
    void asksAgainForASchemaThatWasUnknown() {
        ListedRows rows = ListedRows.ofNumbers(1, 2);
        rows.refusals.add(new Rejected(RejectCode.UNKNOWN_SCHEMA_ID, "no schema 7"));

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records()))
                .allSatisfy(outcome -> assertThat(outcome).isPresent());
        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records()))
                .allSatisfy(outcome -> assertThat(outcome).isEmpty());
    }

    @Test
    void writesTheSchemaThatTheTableHasWhenItsFilesAreOpened() {
        ListedRows rows = new ListedRows(List.of(new Fields(1L, "note")));
        TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("note", Types.StringType.get())
                .commit();
        TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
        List<StagedFiles> before = writers.stage();

        TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
        List<StagedFiles> after = writers.stage();

        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(3, 1, before), new StagedEpoch(3, 2, after)));
        assertThat(test.rows(TestLake.ORDERS))
                .extracting(row -> row.getField("note"))
                .containsExactlyInAnyOrder(null, null, "note");
    }

    @Test
    void forgetsThatASchemaDidNotFitWhenTheTableChanges() {
        ListedRows rows = ListedRows.ofNumbers(1);
        rows.refusals.add(new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "no such column"));
        TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records());
        writers.stage();
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("note", Types.StringType.get())
                .commit();

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, ListedRows.SCHEMA_ID, rows.records()))
                .containsExactly(Optional.empty());
    }

    @Test
    void stagesTablesApartAndNamesItsManifests() {
        TableName refunds = new TableName("sales.refunds");
        lake.create(TestLake.spec(refunds, TestLake.ONE_NUMBER));
        ListedRows rows = ListedRows.ofNumbers(1, 2, 3);
        TestLake.write(writers, refunds, rows, ListedRows.SCHEMA_ID, rows.records());
        TestLake.write(
                writers,
                TestLake.ORDERS,
                rows,
                ListedRows.SCHEMA_ID,
                rows.records().subList(0, 1));

        List<StagedFiles> staged = writers.stage();

        assertThat(staged).extracting(StagedFiles::table).containsExactly(TestLake.ORDERS, refunds);
        assertThat(staged).extracting(StagedFiles::records).containsExactly(1L, 3L);
        assertThat(staged)
                .extracting(StagedFiles::incarnation)
                .containsExactly(
                        test.table(TestLake.ORDERS).uuid().toString(),
                        test.table(refunds).uuid().toString());
        assertThat(files("metadata/firn-shop-3-1-.*\\.avro")).hasSize(2);
        assertThat(writers.stage()).isEmpty();
    }

    @Test
    void rollsFilesAtTheTargetSizeOfTheTable() {
        test.table(TestLake.ORDERS)
                .updateProperties()
                .set("write.target-file-size-bytes", "1")
                .commit();
        ListedRows rows = ListedRows.ofNumbers(TestLake.numbers(0, 1200));

        // A file is opened where its rows are worth one, and its size is looked at after each batch.
        for (int from = 0; from < 1200; from += 400) {
            TestLake.write(
                    writers,
                    TestLake.ORDERS,
                    rows,
                    ListedRows.SCHEMA_ID,
                    rows.records().subList(from, from + 400));
        }
        List<StagedFiles> staged = writers.stage();
        commit(staged);

        assertThat(staged).singleElement().satisfies(files -> {
            assertThat(files.files()).isEqualTo(3);
            assertThat(files.records()).isEqualTo(1200);
        });
        assertThat(test.numbers()).hasSize(1200);
    }

    @Test
    void refusesRecordsOfATableThatIsGoneUntilItIsBack() {
        TableName gone = new TableName("sales.gone");
        ListedRows rows = ListedRows.ofNumbers(1, 2);

        assertThat(TestLake.write(writers, gone, rows, ListedRows.SCHEMA_ID, rows.records()))
                .hasSize(2)
                .allSatisfy(outcome -> {
                    assertThat(outcome.orElseThrow().code()).isEqualTo(RejectCode.TABLE_GONE);
                    assertThat(outcome.orElseThrow().reason())
                            .isEqualTo("table `sales.gone` is not in the `hadoop` catalog (warehouse `"
                                    + folder.resolve("warehouse") + "`)");
                });
        assertThat(writers.stage()).isEmpty();

        lake.create(TestLake.spec(gone, TestLake.ONE_NUMBER));
        assertThat(TestLake.write(writers, gone, rows, ListedRows.SCHEMA_ID, rows.records()))
                .containsOnly(Optional.empty());
        commit(writers.stage());
        assertThat(test.rows(gone)).hasSize(2);
    }

    @Test
    void saysThatTheQuarantineTableIsGone() {
        test.drop(TestLake.NAMES.quarantine());

        assertThatThrownBy(this::quarantineOne)
                .isInstanceOf(OutsideException.class)
                .hasMessage("table `shop.firn_quarantine` is not in the `hadoop` catalog (warehouse `"
                        + folder.resolve("warehouse") + "`)");
    }

    @Test
    void quarantinesRecordsWithTheirReasons() {
        byte[] framed = {0, 0, 0, 1, 0, 42};
        RawRecord full = new RawRecord(
                ListedRows.SPLIT,
                17,
                1_700_000_000_123L,
                new byte[] {0, 0, 0, 0, 9},
                framed,
                List.of(new Header("trace", new byte[] {1}), new Header("trace", null)));
        RawRecord bare = new RawRecord(ListedRows.SPLIT, 18, RawRecord.NO_TIMESTAMP, null, new byte[] {1}, List.of());

        writers.quarantine(List.of(
                new QuarantinedRecord(full, Optional.of("sales.orders"), RejectCode.BAD_UTF8, "not UTF-8"),
                new QuarantinedRecord(bare, Optional.empty(), RejectCode.UNROUTED, "no route")));
        commit(writers.stage());

        List<Record> rows = test.rows(TestLake.NAMES.quarantine());
        assertThat(rows).hasSize(2);
        Record row = rows.get(0);
        assertThat(row.getField("pipeline")).isEqualTo("shop");
        assertThat(row.getField("run")).isEqualTo(3L);
        assertThat(row.getField("source")).isEqualTo("kafka");
        assertThat(row.getField("stream")).isEqualTo("orders");
        assertThat(row.getField("partition")).isEqualTo(0);
        assertThat(row.getField("position")).isEqualTo(17L);
        assertThat(row.getField("incarnation")).isEqualTo("incarnation-1");
        assertThat(row.getField("record_timestamp")).isEqualTo(OffsetDateTime.parse("2023-11-14T22:13:20.123Z"));
        assertThat(row.getField("table_name")).isEqualTo("sales.orders");
        assertThat(row.getField("code")).isEqualTo("bad-utf8");
        assertThat(row.getField("message")).isEqualTo("not UTF-8");
        assertThat(row.getField("key_schema_id")).isEqualTo(9);
        assertThat(row.getField("value_schema_id")).isEqualTo(256);
        assertThat(row.getField("key")).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 9}));
        assertThat(row.getField("value")).isEqualTo(ByteBuffer.wrap(framed));
        assertThat((List<?>) row.getField("headers"))
                .extracting(header -> ((Record) header).getField("key"), header -> ((Record) header).getField("value"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("trace", ByteBuffer.wrap(new byte[] {1})),
                        org.assertj.core.groups.Tuple.tuple("trace", null));
        assertThat((OffsetDateTime) row.getField("quarantined_at")).isAfter("2024-01-01T00:00:00Z");
        Record other = rows.get(1);
        for (String empty : List.of("record_timestamp", "table_name", "key_schema_id", "value_schema_id", "key")) {
            assertThat(other.getField(empty)).as(empty).isNull();
        }
        assertThat((List<?>) other.getField("headers")).isEmpty();
    }

    /** A producer may write any number; the record must find its place all the same. */
    @Test
    void aTimestampThatNoTableKeepsIsLeftOutOfQuarantine() {
        RawRecord inNanoseconds =
                new RawRecord(ListedRows.SPLIT, 17, 1_700_000_000_000_000_000L, null, new byte[] {1}, List.of());

        writers.quarantine(
                List.of(new QuarantinedRecord(inNanoseconds, Optional.empty(), RejectCode.UNROUTED, "no route")));
        commit(writers.stage());

        assertThat(test.rows(TestLake.NAMES.quarantine()))
                .singleElement()
                .extracting(row -> row.getField("record_timestamp"))
                .isNull();
    }

    @Test
    void quarantinesIntoATableThatUsersHaveExtended() {
        test.table(TestLake.NAMES.quarantine())
                .updateSchema()
                .addColumn("ticket", Types.StringType.get())
                .moveFirst("ticket")
                .commit();

        quarantineOne();
        commit(writers.stage());

        assertThat(test.rows(TestLake.NAMES.quarantine())).singleElement().satisfies(row -> {
            assertThat(row.getField("ticket")).isNull();
            assertThat(row.getField("code")).isEqualTo("unrouted");
        });
    }

    @Test
    void saysThatTheQuarantineTableIsNone() {
        test.drop(TestLake.NAMES.quarantine());
        lake.create(TestLake.spec(
                TestLake.NAMES.quarantine(),
                new TableSchema(List.of(Column.optional("id", ColumnType.Primitive.LONG)))));

        assertThatThrownBy(this::quarantineOne)
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "table `shop.firn_quarantine` lacks the column `quarantined_at timestamptz` that Firn writes"
                                + " there");
    }

    private void quarantineOne() {
        RawRecord record = new RawRecord(ListedRows.SPLIT, 1, 0, null, null, List.of());
        writers.quarantine(List.of(new QuarantinedRecord(record, Optional.empty(), RejectCode.UNROUTED, "no route")));
    }

    private void commit(List<StagedFiles> staged) {
        for (StagedFiles files : staged) {
            lake.commit(files.table(), List.of(new StagedEpoch(3, 1, List.of(files))));
        }
    }

    private List<String> files(String pattern) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.map(Path::toString)
                    .filter(path -> path.matches(".*/" + pattern))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }
}

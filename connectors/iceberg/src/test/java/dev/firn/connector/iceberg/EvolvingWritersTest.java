package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records come of a schema that their table was not written with before: the table changes, and the job goes on. */
class EvolvingWritersTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final Column NOTE = Column.optional("note", Primitive.STRING);
    private static final WriterSchema PLAIN = WrittenRows.schema(1, NUMBER);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, NOTE);

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;
    private final List<TableWriters> opened = new ArrayList<>();
    private final List<Lake> lakes = new ArrayList<>();
    private long epoch;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        opened.forEach(TableWriters::close);
        lakes.forEach(Lake::close);
        test.close();
    }

    @Test
    void twoSchemasInOneEpochAreBothReadable() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0);

        write(writers, rows, 1, row("n", 1L));
        write(writers, rows, 2, row("n", 2L, "note", "two"));
        write(writers, rows, 1, row("n", 3L));
        write(writers, rows, 2, row("n", 4L, "note", "four"));
        List<StagedFiles> staged = writers.stage();
        commit(staged);

        assertThat(staged).extracting(StagedFiles::records).containsExactly(1L, 3L);
        assertThat(told("n", "note")).containsExactly("1 null", "2 two", "3 null", "4 four");
        assertThat(rows.decodersOpened).isEqualTo(3);
        assertThat(test.ancestry(TestLake.ORDERS)).hasSize(1);
    }

    @Test
    void theSecondSchemaIsHeldAgainstTheFirstThoughTheTableDoesNotSayYetThatThereIsOne() {
        SchemaEvolution onlyOne = (table, now, lineage) -> now.bindings().isEmpty()
                ? ByNames.applyingAll().judge(table, now, lineage)
                : new Verdict.Refused(
                        Decision.QUARANTINE, List.of(new Decided(new SchemaChange.Reorder(""), Decision.QUARANTINE)));
        WrittenRows rows = new WrittenRows(PLAIN, WrittenRows.schema(2, NUMBER));
        TableWriters writers = writers(0, onlyOne);
        write(writers, rows, 1, row("n", 1L));

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, 2, rows.records(row("n", 2L)))
                        .get(0))
                .hasValueSatisfying(
                        rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED));
    }

    @Test
    void filesOfOtherTablesStayOpen() {
        TableName refunds = new TableName("sales.refunds");
        lake.create(TestLake.spec(refunds, TestLake.ONE_NUMBER));
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0);
        TestLake.write(writers, refunds, rows, 1, rows.records(row("n", 1L)));
        write(writers, rows, 1, row("n", 1L));

        write(writers, rows, 2, row("n", 2L, "note", "two"));
        TestLake.write(writers, refunds, rows, 1, rows.records(row("n", 2L)));

        List<StagedFiles> staged = writers.stage();
        assertThat(staged)
                .extracting(files -> files.table().table() + " " + files.records())
                .containsExactly("orders 1", "orders 1", "refunds 2");
        commit(staged);
        assertThat(test.rows(refunds)).hasSize(2);
    }

    @Test
    void aSchemaThatNeedsNoEditCutsNoFile() {
        WrittenRows rows = new WrittenRows(PLAIN, WrittenRows.schema(2, NUMBER), NOTED);
        TableWriters writers = writers(0);
        write(writers, rows, 3, row("n", 1L, "note", "one"));

        write(writers, rows, 1, row("n", 2L));
        write(writers, rows, 2, row("n", 3L));

        List<StagedFiles> staged = writers.stage();
        assertThat(staged).singleElement().satisfies(files -> {
            assertThat(files.records()).isEqualTo(3);
            assertThat(files.files()).isOne();
        });
        commit(staged);
        assertThat(told("n", "note")).containsExactly("1 one", "2 null", "3 null");
    }

    @Test
    void aFieldInsideOfRecordsOfAnArrayAndOfAMapIsAColumnThere() {
        ColumnType.Struct line = new ColumnType.Struct(List.of(Column.required("sku", Primitive.STRING)));
        ColumnType.Struct priced = new ColumnType.Struct(
                List.of(Column.optional("price", Primitive.LONG), Column.required("sku", Primitive.STRING)));
        WrittenRows rows = new WrittenRows(
                WrittenRows.schema(1, NUMBER, lines(line), labels(line)),
                WrittenRows.schema(2, NUMBER, lines(priced), labels(priced)));
        TableWriters writers = writers(0);
        Map<String, Object> old = row("sku", "a");
        Map<String, Object> fresh = row("sku", "b", "price", 7L);

        write(writers, rows, 1, row("n", 1L, "lines", List.of(old), "labels", Map.of("k", old)));
        write(writers, rows, 2, row("n", 2L, "lines", List.of(fresh), "labels", Map.of("k", fresh)));
        write(writers, rows, 1, row("n", 3L, "lines", List.of(old), "labels", Map.of("k", old)));
        commit(writers.stage());

        assertThat(told("n", "lines", "labels"))
                .containsExactly(
                        "1 [Record(a, null)] {k=Record(a, null)}",
                        "2 [Record(b, 7)] {k=Record(b, 7)}",
                        "3 [Record(a, null)] {k=Record(a, null)}");
        assertThat(table().schema().findField("lines.element.price").isOptional())
                .isTrue();
    }

    private static Column lines(ColumnType element) {
        return Column.optional("lines", new ColumnType.ListOf(element, Nullability.REQUIRED));
    }

    private static Column labels(ColumnType value) {
        return Column.optional("labels", new ColumnType.MapOf(value, Nullability.OPTIONAL));
    }

    @Test
    void aLateRowOfTheFirstVersionGoesToTheColumnThatItsFieldIsCalledNow() {
        WriterSchema first = WrittenRows.schema(1, NUMBER, Column.optional("a", Primitive.STRING));
        WriterSchema renamed =
                WrittenRows.schema(2, Map.of("b", List.of("a")), NUMBER, Column.optional("b", Primitive.STRING));
        WriterSchema again = WrittenRows.schema(
                3,
                Map.of("b", List.of("a")),
                NUMBER,
                Column.optional("b", Primitive.STRING),
                Column.optional("a", Primitive.LONG));
        WrittenRows rows = new WrittenRows(first, renamed, again);
        TableWriters writers = writers(0);

        write(writers, rows, 1, row("n", 1L, "a", "one"));
        write(writers, rows, 2, row("n", 2L, "b", "two"));
        write(writers, rows, 3, row("n", 3L, "b", "three", "a", 33L));
        write(writers, rows, 1, row("n", 4L, "a", "four"));
        write(writers, rows, 2, row("n", 5L, "b", "five"));
        commit(writers.stage());
        // As a restart does that has no state.
        TableWriters restarted = writers(0);
        write(restarted, rows, 1, row("n", 6L, "a", "six"));
        write(restarted, rows, 3, row("n", 7L, "b", "seven", "a", 77L));
        commit(restarted.stage());

        assertThat(told("n", "b", "a"))
                .containsExactly(
                        "1 one null",
                        "2 two null",
                        "3 three 33",
                        "4 four null",
                        "5 five null",
                        "6 six null",
                        "7 seven 77");
        assertThat(table().schema().asStruct())
                .hasToString("struct<1: n: required long, 2: b: optional string, 3: a: optional long>");
    }

    @Test
    void structsThatAreAlikeForTheWriterKeepTheirOwnColumns() {
        ColumnType.Struct a = new ColumnType.Struct(List.of(Column.optional("a", Primitive.LONG)));
        ColumnType.Struct b = new ColumnType.Struct(List.of(Column.optional("b", Primitive.LONG)));
        WrittenRows rows = new WrittenRows(
                WrittenRows.schema(1, NUMBER, Column.optional("left", a), Column.optional("right", a)),
                WrittenRows.schema(
                        2,
                        Map.of("right.b", List.of("a")),
                        NUMBER,
                        Column.optional("left", a),
                        Column.optional("right", b)));
        TableWriters writers = writers(0);

        write(writers, rows, 1, row("n", 1L, "left", row("a", 11L), "right", row("a", 12L)));
        write(writers, rows, 2, row("n", 2L, "left", row("a", 21L), "right", row("b", 22L)));
        write(writers, rows, 1, row("n", 3L, "left", row("a", 31L), "right", row("a", 32L)));
        commit(writers.stage());

        assertThat(table().schema().findField("right.b")).isNotNull();
        assertThat(told("n", "left", "right"))
                .containsExactly("1 Record(11) Record(12)", "2 Record(21) Record(22)", "3 Record(31) Record(32)");
    }

    @Test
    void aColumnWidensAndMayBeNullWhereTheNewerSchemaSaysSo() {
        Column count = Column.required("count", Primitive.INT);
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, new TableSchema(List.of(NUMBER, count))));
        WrittenRows rows = new WrittenRows(
                WrittenRows.schema(1, NUMBER, count),
                WrittenRows.schema(2, NUMBER, Column.optional("count", Primitive.LONG)));
        TableWriters writers = writers(0);

        write(writers, rows, 1, row("n", 1L, "count", 1));
        write(writers, rows, 2, row("n", 2L, "count", 5_000_000_000L), row("n", 3L));
        write(writers, rows, 1, row("n", 4L, "count", 4));
        commit(writers.stage());

        assertThat(told("n", "count")).containsExactly("1 1", "2 5000000000", "3 null", "4 4");
        assertThat(table().schema().asStruct()).hasToString("struct<1: n: required long, 2: count: optional long>");
    }

    @Test
    void aFieldThatIsLeftOutIsLeftOutAndAllElseIsWritten() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.IGNORE));

        write(writers, rows, 2, row("n", 1L, "note", "one"));
        commit(writers.stage());

        assertThat(told("n")).containsExactly("1");
        assertThat(table().properties()).containsEntry("firn.shop.binding." + NOTED.fingerprint(), "1,-");
    }

    @Test
    void whatAnEarlierRunHasLeftOutIsTakenWhenTheFileSaysSo() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters earlier = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.IGNORE));
        write(earlier, rows, 2, row("n", 1L, "note", "one"));
        commit(earlier.stage());
        TableWriters alike = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.IGNORE));
        String before = metadataFile();
        write(alike, rows, 2, row("n", 2L, "note", "two"));
        assertThat(metadataFile()).as("nothing is said twice").isEqualTo(before);
        commit(alike.stage());

        TableWriters later = writers(0);
        write(later, rows, 2, row("n", 3L, "note", "three"));
        commit(later.stage());

        assertThat(told("n", "note")).containsExactly("1 null", "2 null", "3 three");
    }

    @Test
    void aColumnThatSomebodyHasDroppedIsDecidedAboutAnew() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0);
        write(writers, rows, 2, row("n", 1L, "note", "one"));
        commit(writers.stage());
        table().updateSchema().deleteColumn("note").commit();

        write(writers, rows, 2, row("n", 2L, "note", "two"));
        commit(writers.stage());

        assertThat(told("n", "note")).containsExactly("1 null", "2 two");
    }

    @Test
    void subtasksThatMeetOneSchemaMakeOneColumnAndOlderFilesCommitBesideNewer() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters one = writers(0);
        TableWriters two = writers(1);
        TableWriters three = writers(2);
        write(one, rows, 1, row("n", 1L));
        write(two, rows, 1, row("n", 2L));
        write(three, rows, 1, row("n", 3L));

        write(one, rows, 2, row("n", 4L, "note", "four"));
        write(two, rows, 2, row("n", 5L, "note", "five"));
        write(three, rows, 1, row("n", 6L));
        List<StagedFiles> staged = new ArrayList<>(one.stage());
        staged.addAll(two.stage());
        List<StagedFiles> untouched = three.stage();
        staged.addAll(untouched);
        commit(staged);

        assertThat(untouched).as("no cut without need").hasSize(1);
        assertThat(told("n", "note")).containsExactly("1 null", "2 null", "3 null", "4 four", "5 five", "6 null");
        assertThat(table().schema().columns()).hasSize(2);
    }

    @Test
    void whatWasStagedBeforeTheChangeCommitsAfterIt() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0);
        write(writers, rows, 1, row("n", 1L));
        List<StagedFiles> before = writers.stage();

        write(writers, rows, 2, row("n", 2L, "note", "two"));
        List<StagedFiles> after = writers.stage();
        commit(before);
        commit(after);

        assertThat(told("n", "note")).containsExactly("1 null", "2 two");
    }

    @Test
    void whoeverIsKilledBetweenTheChangeAndTheFilesLeavesTheChange() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        ByNames names = ByNames.applyingAll();
        TableWriters killed = writers(0, names);
        write(killed, rows, 1, row("n", 1L));
        write(killed, rows, 2, row("n", 2L, "note", "two"));
        killed.close();
        int judged = names.judged;

        TableWriters again = writers(0, names);
        write(again, rows, 2, row("n", 2L, "note", "two"));
        assertThat(names.judged).as("what stands in the table").isEqualTo(judged);
        write(again, rows, 1, row("n", 1L));
        commit(again.stage());

        assertThat(told("n", "note")).containsExactly("1 null", "2 two");
        assertThat(table().schema().columns()).hasSize(2);
        assertThat(dataFilesOnDisk()).as("nothing is left of the killed").isOne();
    }

    @Test
    void allRecordsOfARefusedSchemaAreRejectedWithTheChangesAndOthersAreWritten() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.QUARANTINE));
        write(writers, rows, 1, row("n", 1L));

        List<Optional<Rejected>> outcomes = TestLake.write(
                writers,
                TestLake.ORDERS,
                rows,
                2,
                rows.records(row("n", 2L, "note", "two"), row("n", 3L, "note", "three")));
        write(writers, rows, 1, row("n", 4L));
        commit(writers.stage());

        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.orElseThrow().code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED);
            assertThat(outcome.orElseThrow().reason())
                    .isEqualTo("table `sales.orders` does not follow the record's schema, as `schema-evolution` says:"
                            + " add-column note (string, optional): quarantine");
        });
        assertThat(told("n")).containsExactly("1", "4");
        assertThat(table().schema().columns()).hasSize(1);
    }

    @Test
    void aRefusedSchemaIsTakenWhenSomebodyHasChangedTheTable() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.QUARANTINE));
        RawRecord record = rows.records(row("n", 2L, "note", "two")).get(0);
        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, 2, List.of(record))
                        .get(0))
                .isPresent();

        table().updateSchema().addColumn("note", Types.StringType.get()).commit();

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, 2, List.of(record))
                        .get(0))
                .isEmpty();
        commit(writers.stage());
        assertThat(told("n", "note")).containsExactly("2 two");
    }

    @Test
    void aSchemaThatEndsTheJobSaysWhy() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.FAIL));

        assertThatThrownBy(() -> write(writers, rows, 2, row("n", 2L, "note", "two")))
                .isInstanceOf(SchemaChangeRefused.class)
                .hasMessage("table `sales.orders` does not follow the record's schema, as `schema-evolution` says:"
                        + " add-column note (string, optional): fail");
    }

    @Test
    void recordsOfATableThatIsGoneWhenItWouldHaveToChangeAreRejected() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = writers(0);
        write(writers, rows, 1, row("n", 1L));
        test.drop(TestLake.ORDERS);

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, 2, rows.records(row("n", 2L)))
                        .get(0))
                .hasValueSatisfying(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.TABLE_GONE));
    }

    @Test
    void aTableThatIsOnlyRememberedIsWrittenAsFarAsItNeedNotChange() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED, WrittenRows.schema(3, NUMBER));
        TableWriters before = writers(0);
        write(before, rows, 1, row("n", 1L));
        commit(before.stage());
        AtomicBoolean away = new AtomicBoolean(true);
        TableWriters writers = opened(
                lakeThatFailsWhile(away).writers(new WriterSettings(2, 0, 0), Optional.of(ByNames.applyingAll())));

        write(writers, rows, 1, row("n", 2L));
        write(writers, rows, 3, row("n", 3L));
        assertThatThrownBy(() -> write(writers, rows, 2, row("n", 4L, "note", "four")))
                .isInstanceOf(OutsideException.class)
                .hasMessage(
                        "table `sales.orders` is not to be had from the catalog, and as it was at its last commit it"
                                + " would have to change for the schema of a record");
        List<StagedFiles> held = writers.stage();
        away.set(false);
        write(writers, rows, 3, row("n", 5L));
        write(writers, rows, 2, row("n", 4L, "note", "four"));
        commit(held);
        commit(writers.stage());

        assertThat(told("n", "note")).containsExactly("1 null", "2 null", "3 null", "4 four", "5 null");
        assertThat(table().properties())
                .as("what it could not be told before")
                .containsKey("firn.shop.binding." + rows.version(3).fingerprint());
    }

    @Test
    void partitionsAreFoundByTheFieldsOfTheWriter() throws Rejected {
        TableName events = new TableName("sales.events");
        Column was = Column.optional("a", Primitive.STRING);
        lake.create(new TableSpec(
                events,
                new TableSchema(List.of(NUMBER, was)),
                TestLake.spec(events, TestLake.ONE_NUMBER, "truncate(a, 3)").partitioning(),
                new TreeMap<>(Map.of("write.distribution-mode", "hash"))));
        WrittenRows rows = new WrittenRows(
                WrittenRows.schema(1, NUMBER, was),
                WrittenRows.schema(
                        2,
                        Map.of("b", List.of("a")),
                        NUMBER,
                        Column.optional("b", Primitive.STRING),
                        Column.optional("a", Primitive.STRING)));
        TableWriters writers = writers(0);
        List<RawRecord> old = rows.records(row("n", 1L, "a", "x"));
        List<RawRecord> fresh = rows.records(row("n", 2L, "b", "x", "a", "other"));
        assertThat(TestLake.write(writers, events, rows, 1, old).get(0)).isEmpty();
        assertThat(TestLake.write(writers, events, rows, 2, fresh).get(0)).isEmpty();

        assertThat(writers.partition(events, rows, 2, fresh.get(0)))
                .isEqualTo(writers.partition(events, rows, 1, old.get(0)));
        commit(writers.stage());
        TableWriters elsewhere = writers(1);
        assertThat(elsewhere.partition(events, rows, 2, fresh.get(0)))
                .isEqualTo(elsewhere.partition(events, rows, 1, old.get(0)));
        assertThat(test.rows(events))
                .extracting(row -> row.getField("n") + " " + row.getField("b") + " " + row.getField("a"))
                .containsExactlyInAnyOrder("1 x null", "2 x other");
    }

    @Test
    void withoutAnEvolutionAllIsAsTheTableHasIt() {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        TableWriters writers = opened(lake.writers(new WriterSettings(1, 0, 0)));
        write(writers, rows, 1, row("n", 1L));

        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, 2, rows.records(row("n", 2L)))
                        .get(0))
                .hasValueSatisfying(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE));
        assertThat(table().properties().keySet()).noneMatch(property -> property.contains(".binding."));
    }

    private TableWriters writers(int subtask) {
        return writers(subtask, ByNames.applyingAll());
    }

    private TableWriters writers(int subtask, SchemaEvolution evolution) {
        return opened(lake.writers(new WriterSettings(1, subtask, 0), Optional.of(evolution)));
    }

    private TableWriters opened(TableWriters writers) {
        opened.add(writers);
        return writers;
    }

    private Lake lakeThatFailsWhile(AtomicBoolean away) {
        Map<String, Text> properties = new TreeMap<>();
        CatalogKind.JDBC.properties(folder).forEach((key, value) -> properties.put(key, new Text(value)));
        CatalogSettings settings = CatalogSettings.resolve(properties, raw -> raw);
        TableIdentifier orders = TableIdentifier.parse(TestLake.ORDERS.full());
        LakeTables tables = new LakeTables(
                AskedCatalog.of(IcebergLake.catalog(settings), table -> {
                    if (away.get() && table.equals(orders)) {
                        throw new ServiceUnavailableException("503 for %s", table);
                    }
                }),
                settings,
                UnaryOperator.identity());
        Lake failing =
                new IcebergLake(tables, TestLake.NAMES, new Retries(1, Duration.ZERO), Duration.ZERO, TestLake.LIMITS);
        lakes.add(failing);
        return failing;
    }

    @SafeVarargs
    private static void write(TableWriters writers, WrittenRows rows, int schemaId, Map<String, Object>... written) {
        assertThat(TestLake.write(writers, TestLake.ORDERS, rows, schemaId, rows.records(written)))
                .allMatch(Optional::isEmpty);
    }

    private void commit(List<StagedFiles> staged) {
        epoch++;
        staged.stream()
                .map(StagedFiles::table)
                .distinct()
                .forEach(table -> lake.commit(
                        table,
                        List.of(new StagedEpoch(
                                1,
                                epoch,
                                staged.stream()
                                        .filter(files -> files.table().equals(table))
                                        .toList()))));
    }

    private Table table() {
        return test.table(TestLake.ORDERS);
    }

    private String metadataFile() {
        return LakeTables.operations(table()).current().metadataFileLocation();
    }

    private long dataFilesOnDisk() {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".parquet")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows as they are read by the names that the table has now, in the order of their numbers. */
    private List<String> told(String... columns) {
        return test.rows(TestLake.ORDERS).stream()
                .map(row -> told(row, columns))
                .sorted()
                .toList();
    }

    private static String told(Record row, String... columns) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(String.valueOf(row.getField(column)));
        }
        return String.join(" ", values);
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}

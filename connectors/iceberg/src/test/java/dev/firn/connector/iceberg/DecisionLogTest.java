package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.SchemaChangeLog;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every decision comes to the table of all of them, once, whatever fails between its table and there. */
class DecisionLogTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final WriterSchema PLAIN = WrittenRows.schema(1, NUMBER);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, Column.optional("note", Primitive.STRING));
    private static final TableName LOG = TestLake.NAMES.schemaChanges();
    private static final String ADDED = "sales.orders add-column note null string apply default orders-0@1";
    private static final String REFUSED = "sales.orders add-column note null string quarantine default orders-0@0";

    @TempDir
    Path folder;

    private final List<TestLake> lakes = new ArrayList<>();
    private TestLake test;
    private Lake lake;

    static List<FaultyCommits.Fault> answers() {
        return List.of(
                FaultyCommits.landedThen(new CommitFailedException("409")),
                FaultyCommits.landedThen(new CommitStateUnknownException(new IllegalStateException("500"))),
                FaultyCommits.neverSent(new CommitFailedException("409")),
                FaultyCommits.neverSent(new CommitStateUnknownException(new IllegalStateException("500"))));
    }

    @BeforeEach
    void open() {
        open(CatalogKind.JDBC);
    }

    @AfterEach
    void close() {
        lakes.forEach(TestLake::close);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeIsThereOnceItsTableWasCommittedTo(CatalogKind kind) {
        open(kind);
        commit(lake, 1, write(lake, 0, ByNames.applyingAll(), 1, 2));
        SchemaChangeLog log = lake.schemaChanges();
        assertThat(log.isBehind()).isTrue();

        assertThat(log.catchUp()).singleElement().satisfies(decision -> {
            assertThat(decision.pipeline()).isEqualTo("shop");
            assertThat(decision.run()).isEqualTo(1);
        });

        assertThat(log.isBehind()).isFalse();
        assertThat(log.catchUp()).isEmpty();
        assertThat(logged()).containsExactly(ADDED);
    }

    @Test
    void whoDiesBetweenTheChangeAndTheLogLeavesItToTheNextCommit() {
        commit(lake, 1, write(lake, 0, ByNames.applyingAll(), 1, 2));
        lake.close();

        Lake next = test.open();
        commit(next, 2, write(next, 0, ByNames.applyingAll(), 2));
        assertThat(next.schemaChanges().catchUp()).hasSize(1);

        Lake last = test.open();
        commit(last, 3, write(last, 0, ByNames.applyingAll(), 2));
        assertThat(last.schemaChanges().isBehind())
                .as("a process does not know what was written before it")
                .isTrue();
        assertThat(last.schemaChanges().catchUp()).isEmpty();
        assertThat(logged()).containsExactly(ADDED);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isWrittenOnceWhateverTheCatalogAnswers(FaultyCommits.Fault fault) {
        commit(lake, 1, write(lake, 0, ByNames.applyingAll(), 1, 2));
        // The log is there already, so that its commit is the first that comes by.
        test.tables().create(SchemaChangeTable.spec(LOG));
        DecisionLog log =
                new DecisionLog(test.tables(new FaultyCommits(fault)), TestLake.NAMES, new Retries(3, Duration.ZERO));
        log.see(test.table(TestLake.ORDERS).properties());

        assertThat(log.catchUp()).as("what this call has written").hasSize(1);

        assertThat(logged()).containsExactly(ADDED);
    }

    @Test
    void manyWhoWriteTheSameAtOnceWriteItOnce() throws Exception {
        List<TableName> tables = IntStream.range(0, 10)
                .mapToObj(i -> new TableName("sales.t" + i))
                .toList();
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        try (TableWriters writers = writers(lake, 0, ByNames.applyingAll())) {
            for (TableName table : tables) {
                lake.create(TestLake.spec(table, TestLake.ONE_NUMBER));
                TestLake.write(writers, table, rows, 1, rows.records(Map.of("n", 1L)));
                TestLake.write(writers, table, rows, 2, rows.records(Map.of("n", 2L)));
            }
        }
        List<DecisionLog> logs = IntStream.range(0, 4)
                .mapToObj(i -> new DecisionLog(
                        new TestLake(CatalogKind.JDBC, folder.resolve("JDBC")).tables(),
                        i < 3
                                ? TestLake.NAMES
                                : new LakeNames("other", TestLake.NAMES.ledger(), new TableName("shop.q")),
                        new Retries(100, Duration.ofMillis(1))))
                .toList();
        logs.forEach(log -> tables.forEach(table -> log.see(test.table(table).properties())));
        assertThat(logs.get(3).isBehind()).as("of another pipeline").isFalse();
        logs.get(3).see(TableDecisions.properties(othersDecision()));

        ExecutorService threads = Executors.newFixedThreadPool(logs.size());
        try {
            List<Callable<List<SchemaDecision>>> all = logs.stream()
                    .<Callable<List<SchemaDecision>>>map(log -> log::catchUp)
                    .toList();
            int written = 0;
            for (Future<List<SchemaDecision>> one : threads.invokeAll(all)) {
                written += one.get().size();
            }
            assertThat(written).isEqualTo(11);
        } finally {
            threads.shutdown();
        }

        assertThat(logged()).hasSize(11).doesNotHaveDuplicates();
        assertThat(test.ancestry(LOG)).as("many tables in one commit").hasSize(2);
    }

    @Test
    void aRefusalComesWithTheRecordsThatGoToQuarantineAndLeavesItsTableAlone() {
        lake.create(lake.quarantineTable());
        SchemaEvolution refusing = ByNames.but(ChangeKind.ADD_COLUMN, Decision.QUARANTINE);
        String before =
                LakeTables.operations(test.table(TestLake.ORDERS)).current().metadataFileLocation();
        List<StagedFiles> staged = new ArrayList<>(write(lake, 0, refusing, 2));
        staged.addAll(write(lake, 1, refusing, 2));

        commit(lake, 1, staged);
        lake.schemaChanges().catchUp();
        commit(lake, 2, write(lake, 1, refusing, 2));
        lake.schemaChanges().catchUp();

        assertThat(logged()).as("by two subtasks, and once more later").containsExactly(REFUSED);
        assertThat(test.rows(TestLake.NAMES.quarantine())).hasSize(3);
        assertThat(LakeTables.operations(test.table(TestLake.ORDERS)).current().metadataFileLocation())
                .isEqualTo(before);
    }

    @Test
    void aRefusalThatWasNotWrittenIsFoundAtTheStart() {
        lake.create(lake.quarantineTable());
        commit(lake, 1, write(lake, 0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.QUARANTINE), 2));
        lake.close();

        SchemaChangeLog log = test.open().schemaChanges();
        log.look();

        assertThat(log.catchUp()).hasSize(1);
        assertThat(logged()).containsExactly(REFUSED);
    }

    @Test
    void whatEndsTheJobIsThereBeforeItEnds() {
        SchemaEvolution failing = ByNames.but(ChangeKind.ADD_COLUMN, Decision.FAIL);

        assertThatThrownBy(() -> write(lake, 0, failing, 2)).isInstanceOf(SchemaChangeRefused.class);
        assertThatThrownBy(() -> write(test.open(), 0, failing, 2)).isInstanceOf(SchemaChangeRefused.class);

        assertThat(logged())
                .as("once, however often the job is started")
                .containsExactly("sales.orders add-column note null string fail default orders-0@0");
    }

    @Test
    void aLogThatCanNotBeWrittenChangesNothingAboutTheJob() {
        // A table with that name and other columns.
        test.create(LOG, TestLake.ONE_NUMBER);

        assertThatThrownBy(() -> write(lake, 0, ByNames.but(ChangeKind.ADD_COLUMN, Decision.FAIL), 2))
                .isInstanceOf(SchemaChangeRefused.class);
        commit(lake, 1, write(lake, 0, ByNames.applyingAll(), 1, 2));
        SchemaChangeLog log = lake.schemaChanges();
        assertThatThrownBy(log::catchUp)
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("failed to write the log of schema changes `shop.firn_schema_changes`");
        assertThat(log.isBehind()).isTrue();
        test.drop(LOG);

        assertThat(log.catchUp()).hasSize(1);
        assertThat(logged()).containsExactly(ADDED);
    }

    @Test
    void asksNobodyWhereNothingHasChanged() {
        List<String> asked = new ArrayList<>();
        try (Lake counted = askedLake(asked)) {
            commit(counted, 1, write(counted, 0, ByNames.applyingAll(), 1));

            assertThat(counted.schemaChanges().isBehind()).isFalse();
            assertThat(counted.schemaChanges().catchUp()).isEmpty();
            assertThat(asked).noneMatch(table -> table.contains("firn_schema_changes"));
        }
    }

    private Lake askedLake(List<String> asked) {
        Map<String, Text> texts = new TreeMap<>();
        CatalogKind.JDBC.properties(folder.resolve("JDBC")).forEach((key, value) -> texts.put(key, new Text(value)));
        CatalogSettings settings = CatalogSettings.resolve(texts, raw -> raw);
        LakeTables tables = new LakeTables(
                AskedCatalog.of(IcebergLake.catalog(settings), table -> asked.add(table.toString())),
                settings,
                UnaryOperator.identity());
        return new IcebergLake(tables, TestLake.NAMES, Retries.DEFAULT, Duration.ZERO, TestLake.LIMITS);
    }

    private static SchemaDecision othersDecision() {
        return new SchemaDecision(
                "00000000000000ff",
                Instant.EPOCH,
                "other",
                1,
                new SchemaDecision.MetTable(TestLake.ORDERS, "uuid", List.of()),
                new SchemaDecision.Writer(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        "f",
                        Optional.empty()),
                List.of(new SchemaDecision.Change(
                        "reorder", "", Optional.empty(), Optional.empty(), "ignore", "default")));
    }

    private void open(CatalogKind kind) {
        test = new TestLake(kind, folder.resolve(kind.name()));
        lakes.add(test);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    private static TableWriters writers(Lake lake, int subtask, SchemaEvolution evolution) {
        return lake.writers(new WriterSettings(1, subtask, 0), Optional.of(evolution));
    }

    /** One record of each version; what is refused goes to quarantine. */
    private static List<StagedFiles> write(Lake lake, int subtask, SchemaEvolution evolution, int... versions) {
        WrittenRows rows = new WrittenRows(PLAIN, NOTED);
        try (TableWriters writers = writers(lake, subtask, evolution)) {
            for (int version : versions) {
                List<RawRecord> record = rows.records(Map.of("n", 1L));
                Optional<Rejected> outcome = TestLake.write(writers, TestLake.ORDERS, rows, version, record)
                        .get(0);
                outcome.ifPresent(rejected -> writers.quarantine(List.of(new QuarantinedRecord(
                        record.get(0), Optional.of("sales.orders"), rejected.code(), rejected.reason()))));
            }
            return writers.stage();
        }
    }

    private static void commit(Lake lake, long epoch, List<StagedFiles> staged) {
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

    private List<String> logged() {
        return test.rows(LOG).stream()
                .map(row -> row.getField("table_name") + " " + row.getField("kind") + " " + row.getField("path") + " "
                        + row.getField("before") + " " + row.getField("after") + " " + row.getField("decision") + " "
                        + row.getField("why") + " " + row.getField("stream") + "-" + row.getField("partition") + "@"
                        + row.getField("position"))
                .toList();
    }
}

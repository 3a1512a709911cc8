package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaEvent;
import dev.firn.spi.sink.SchemaRollback;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table goes back to the columns of an older version, in one commit; newer ones are held back until somebody lets them go on. */
class TableRollbackTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column NOTE = Column.optional("note", Primitive.STRING);
    private static final WriterSchema FIRST =
            WrittenRows.schema(1, ID, Column.optional("n", Primitive.INT), string("cust"), lines(string("sku")));
    private static final WriterSchema SECOND = WrittenRows.schema(
            2,
            Map.of("customer", List.of("cust")),
            ID,
            Column.optional("n", Primitive.LONG),
            string("customer"),
            lines(string("sku"), string("price")),
            NOTE);
    private static final WriterSchema THIRD = WrittenRows.schema(
            3,
            ID,
            Column.optional("n", Primitive.LONG),
            string("customer"),
            lines(string("sku"), string("price")),
            NOTE,
            string("cust"));
    private static final WriterSchema FOURTH =
            WrittenRows.schema(4, ID, Column.optional("n", Primitive.INT), string("cust"), lines(string("sku")), NOTE);

    private final WrittenRows rows = new WrittenRows(FIRST, SECOND, THIRD, FOURTH);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestLake test;

    @SuppressWarnings("NullAway.Init")
    private Lake lake;

    private long epoch;

    private static Column string(String name) {
        return Column.optional(name, Primitive.STRING);
    }

    private static Column lines(Column... columns) {
        return Column.optional(
                "lines", new ColumnType.ListOf(new ColumnType.Struct(List.of(columns)), Nullability.OPTIONAL));
    }

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, FIRST.columns()));
        write(1, Map.of("id", 1L, "n", 1, "cust", "ada", "lines", List.of(Map.of("sku", "a"))));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void columnsOfNewerVersionsGoAndNamesComeBackUnderTheSameIds() {
        Map<String, Integer> before = ids();
        threeVersions();
        int customer = id("customer");
        int note = id("note");
        long last = test.table(TestLake.ORDERS).currentSnapshot().snapshotId();

        SchemaRollback shown = shown(1);
        lake.rollBack(shown, 7);

        assertThat(shown.gone())
                .extracting(gone -> gone.path() + " " + gone.type() + " " + gone.since())
                .containsExactlyInAnyOrder("lines[].price string 2", "note string 2", "cust string 3");
        assertThat(shown.renamed()).containsExactly(new SchemaRollback.Renamed(customer, "customer", "cust"));
        assertThat(shown.stays()).containsExactly(new SchemaRollback.Stays("n", "is long; version 1 has int"));
        assertThat(shown.newer())
                .extracting(newer -> newer.name() + " " + newer.written())
                .containsExactly("2 true", "3 true", "4 false");
        assertThat(ids()).isEqualTo(before);
        assertThat(test.rows(TestLake.ORDERS).stream().map(row -> row.getField("cust")))
                .containsExactlyInAnyOrder("ada", "bob", "eve");
        assertThat(told(last, "note")).containsExactlyInAnyOrder("null", "two", "three");
        assertThat(test.table(TestLake.ORDERS).schema().findField(note)).isNull();
        assertThat(history())
                .last()
                .isEqualTo("shop 7 orders-value 4 -> 1: rollback . version 4 -> version 1, drop-column lines[].price"
                        + " string -> -, drop-column note string -> -, drop-column cust string -> -, rename-column cust"
                        + " customer -> cust");
    }

    @Test
    void newerVersionsAreHeldBackUntilTheyMayGoOn() {
        threeVersions();
        int note = id("note");
        lake.rollBack(shown(1), 7);

        assertThat(rejected(2)).startsWith("table `sales.orders` was taken back from version 2 of `orders-value`");
        assertThat(rejected(3)).contains("version 3 of").contains("`firn schema rollback --undo`");
        assertThat(ids()).doesNotContainKey("note");
        write(1, Map.of("id", 4L, "n", 4, "cust", "joe", "lines", List.of()));

        List<String> held = lake.heldBack(TestLake.ORDERS);
        lake.undoRollback(TestLake.ORDERS, held, 8);
        write(2, Map.of("id", 5L, "n", 5L, "customer", "kim", "lines", List.of(), "note", "five"));

        assertThat(held).containsExactly("orders-value 2 -> 1", "orders-value 3 -> 1", "orders-value 4 -> 1");
        assertThat(lake.heldBack(TestLake.ORDERS)).isEmpty();
        assertThat(id("note")).isGreaterThan(note);
        assertThat(test.rows(TestLake.ORDERS).stream()
                        .map(row -> row.getField("customer") + " " + row.getField("note")))
                .containsExactlyInAnyOrder("ada null", "bob null", "eve null", "joe null", "kim five");
        assertThat(history()).contains("shop 8 orders-value 1 -> 4: undo-rollback . version 1 -> version 4");
    }

    /** The table, and whoever judges, sees the newer versions no more. */
    @Test
    void aVersionThatIsRegisteredLaterIsJudgedAsIfTheOthersHadNotBeen() {
        threeVersions();
        int note = id("note");
        lake.rollBack(new RollbackShown(1, FIRST, SECOND, THIRD).in(lake), 7);
        List<SchemaLineage> judged = new ArrayList<>();
        TableEvolution evolution = new TableEvolution(
                test.tables(),
                "shop",
                8,
                (table, now, lineage) -> {
                    judged.add(lineage);
                    assertThat(now.bindings()).containsOnlyKeys(FIRST.fingerprint());
                    return ByNames.applyingAll().judge(table, now, lineage);
                },
                Retries.DEFAULT);

        assertThat(evolution.bind(
                        TestLake.ORDERS,
                        List.of(new SchemaLineage(List.of(FIRST, SECOND, THIRD, FOURTH), 3)),
                        ListedRows.RECORD))
                .isInstanceOf(TableEvolution.Bound.class);

        assertThat(judged).singleElement().satisfies(lineage -> {
            assertThat(lineage.deleted()).containsExactlyInAnyOrder(1, 2);
            assertThat(lineage.own()).isEqualTo(3);
        });
        assertThat(id("note")).isGreaterThan(note);
    }

    @Test
    void whatSomebodyElseHasAddedStaysAndWhatHeDoesMeanwhileIsNotOverrun() {
        threeVersions();
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("theirs", Types.IntegerType.get())
                .commit();
        SchemaRollback shown = shown(1);
        assertThat(shown.stays()).extracting(SchemaRollback.Stays::path).containsExactly("n", "theirs");
        Map<String, Integer> before = ids();
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("more", Types.IntegerType.get())
                .commit();

        assertThatThrownBy(() -> lake.rollBack(shown, 7))
                .isInstanceOf(CommitRefused.class)
                .hasMessage(
                        "table `sales.orders` was changed since that was shown, and nothing was done: look once more");

        assertThat(ids()).containsAllEntriesOf(before).containsKey("more");
        assertThat(lake.heldBack(TestLake.ORDERS)).isEmpty();
        lake.rollBack(shown(1), 7);
        assertThat(ids()).containsKeys("theirs", "more").doesNotContainKey("note");
    }

    /** Between the last look and the swap, too. */
    @Test
    void aColumnThatComesWithTheVeryCommitIsNotOverrunEither() {
        threeVersions();
        Lake slow = test.open(new FaultyCommits(send -> {
            test.table(TestLake.ORDERS)
                    .updateSchema()
                    .addColumn("more", Types.IntegerType.get())
                    .commit();
            send.run();
        }));

        SchemaRollback shown = slow.schemaRollback(to(1, List.of(FIRST, SECOND, THIRD, FOURTH)))
                .orElseThrow();
        assertThatThrownBy(() -> slow.rollBack(shown, 7)).isInstanceOf(CommitRefused.class);

        assertThat(ids()).containsKeys("more", "note");
        assertThat(lake.heldBack(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void landedWithAnotherAnswerIsDoneOnce() {
        for (RuntimeException answer : List.of(
                new CommitFailedException("409"), new CommitStateUnknownException(new IllegalStateException("500")))) {
            threeVersions();
            Lake faulty = test.open(new FaultyCommits(send -> {
                send.run();
                throw answer;
            }));
            faulty.rollBack(shown(1), 7);

            assertThat(ids()).doesNotContainKey("note");
            assertThat(history().stream().filter(event -> event.contains("rollback .")))
                    .isNotEmpty();
            lake.undoRollback(TestLake.ORDERS, lake.heldBack(TestLake.ORDERS), 8);
        }
        assertThat(history().stream().filter(event -> event.contains(": rollback .")))
                .hasSize(2);
    }

    @Test
    void whatOthersWriteToOrTheTableRestsOnDoesNotGo() {
        threeVersions();
        Table table = test.table(TestLake.ORDERS);
        table.updateSpec().addField("note").commit();
        table.updateProperties()
                .set("firn.returns.binding." + THIRD.fingerprint(), "1-4," + id("lines[]") + ",6-7," + id("note"))
                .commit();

        SchemaRollback shown = shown(1);

        assertThat(shown.obstacles())
                .contains(
                        "column `note` would go, and pipeline `returns` writes to it",
                        "column `note` would go, and the table is or was partitioned by it");
        assertThatThrownBy(() -> lake.rollBack(shown, 7)).isInstanceOf(IllegalStateException.class);
        assertThat(shown(2).obstacles()).isEmpty();
        assertThat(shown(2).gone()).extracting(SchemaRollback.Gone::path).containsExactly("cust");
    }

    /** Iceberg would let it go, and then fail to read the files of that time. */
    @Test
    void whatTheTableWasPartitionedByOnceDoesNotGoEither() {
        threeVersions();
        test.table(TestLake.ORDERS).updateSpec().addField("note").commit();
        test.table(TestLake.ORDERS).updateSpec().removeField("note").commit();

        assertThat(shown(1).obstacles())
                .containsExactly("column `note` would go, and the table is or was partitioned by it");
    }

    @Test
    void aVersionThatNoRecordHasComeOfCanNotBeGoneBackTo() {
        threeVersions();

        assertThat(shown(4).obstacles())
                .containsExactly(
                        "no record of version 4 of `orders-value` has come to table `sales.orders`, so it never"
                                + " had that schema");
        lake.rollBack(shown(1), 7);
        assertThat(shown(2).obstacles())
                .containsExactly("table `sales.orders` was taken back from version 2 to version 1; `--undo` lets the"
                        + " newer versions go on");
        assertThat(shown(1).hasNothingToDo()).isTrue();
    }

    @Test
    void whatANewerVersionHasDroppedDoesNotComeBack() {
        threeVersions();
        test.table(TestLake.ORDERS).updateSchema().deleteColumn("customer").commit();

        SchemaRollback shown = shown(1);
        lake.rollBack(shown, 7);

        assertThat(shown.withoutColumn()).containsExactly("cust");
        assertThat(shown.renamed()).isEmpty();
        assertThat(ids()).doesNotContainKeys("cust", "customer", "note");
        write(1, Map.of("id", 4L, "n", 4, "cust", "joe", "lines", List.of()));
        assertThat(test.rows(TestLake.ORDERS).stream().map(row -> String.valueOf(row.getField("cust"))))
                .containsExactlyInAnyOrder("null", "null", "null", "joe");
    }

    /** The first version was written before the file began to tag; the column is the file's, whichever version was the first to bring it. */
    @Test
    void theColumnOfTagsStays() {
        List<WriterSchema> versions =
                Stream.of(FIRST, SECOND).map(WrittenRows::tagged).toList();
        WrittenRows tagged = new WrittenRows(versions.get(0), versions.get(1));
        assertThat(writeOne(tagged, 2, Map.of("id", 2L, "tag", List.of("positive"), "note", "two")))
                .isEmpty();

        SchemaRollback shown = lake.schemaRollback(to(1, versions)).orElseThrow();
        lake.rollBack(shown, 7);

        assertThat(shown.gone()).extracting(gone -> gone.path()).containsExactlyInAnyOrder("lines[].price", "note");
        assertThat(ids()).containsKey("tag").doesNotContainKey("note");
        assertThat(writeOne(tagged, 1, Map.of("id", 3L))).isEmpty();
        assertThat(writeOne(tagged, 2, Map.of("id", 4L))).isPresent();
        assertThat(writeOne(2, Map.of("id", 4L))).isPresent();
    }

    /** A target, as somebody sees it before newer versions are registered. */
    private record RollbackShown(int version, WriterSchema... versions) {
        private SchemaRollback in(Lake lake) {
            return lake.schemaRollback(to(version, List.of(versions))).orElseThrow();
        }
    }

    private SchemaRollback shown(int version) {
        return lake.schemaRollback(to(version, List.of(FIRST, SECOND, THIRD, FOURTH)))
                .orElseThrow();
    }

    private static RollbackTarget to(int version, List<WriterSchema> versions) {
        Map<String, Integer> numbers = new TreeMap<>();
        versions.forEach(writer -> numbers.put(writer.fingerprint(), versions.indexOf(writer) + 1));
        return new RollbackTarget(
                TestLake.ORDERS,
                "orders-value",
                version,
                List.of(new SchemaLineage(
                        versions,
                        version - 1,
                        Set.of(),
                        new SchemaLineage.Subject("orders-value", new TreeMap<>(numbers)))));
    }

    private void threeVersions() {
        Map<String, Object> line = Map.of("sku", "a", "price", "1");
        write(2, Map.of("id", 2L, "n", 2L, "customer", "bob", "lines", List.of(line), "note", "two"));
        write(
                3,
                Map.of("id", 3L, "n", 3L, "customer", "eve", "lines", List.of(line), "note", "three", "cust", "other"));
    }

    private void write(int version, Map<String, Object> row) {
        assertThat(writeOne(version, row)).isEmpty();
    }

    private String rejected(int version) {
        Rejected rejected = writeOne(version, Map.of("id", 9L)).orElseThrow();
        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED);
        return rejected.reason();
    }

    private Optional<Rejected> writeOne(int version, Map<String, Object> row) {
        return writeOne(rows, version, row);
    }

    private Optional<Rejected> writeOne(WrittenRows rows, int version, Map<String, Object> row) {
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0), Optional.of(ByNames.applyingAll()))) {
            Optional<Rejected> rejected =
                    TestLake.write(writers, TestLake.ORDERS, rows, version, rows.records(row)).stream()
                            .flatMap(Optional::stream)
                            .findFirst();
            epoch++;
            lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, epoch, writers.stage())));
            return rejected;
        }
    }

    private Map<String, Integer> ids() {
        return PlaceIds.of(test.table(TestLake.ORDERS).schema());
    }

    private int id(String path) {
        return Optional.ofNullable(ids().get(path)).orElseThrow();
    }

    /** A column as a reader of an old snapshot sees it. */
    private List<String> told(long snapshot, String column) {
        List<String> told = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(test.table(TestLake.ORDERS))
                .useSnapshot(snapshot)
                .build()) {
            records.forEach(row -> told.add(String.valueOf(row.getField(column))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return told;
    }

    private List<String> history() {
        return lake.schemaHistory(TestLake.ORDERS).orElseThrow().stream()
                .map(event ->
                        event instanceof SchemaEvent.Decided decided ? words(decided.decision()) : event.toString())
                .toList();
    }

    private static String words(SchemaDecision decision) {
        SchemaDecision.Writer writer = decision.writer();
        String changes = String.join(
                ", ",
                decision.changes().stream()
                        .map(change -> change.kind() + " " + (change.path().isEmpty() ? "." : change.path()) + " "
                                + change.before().orElse("-") + " -> "
                                + change.after().orElse("-"))
                        .toList());
        return decision.pipeline() + " " + decision.run() + " "
                + writer.subject().orElse("-") + " " + writer.from().orElse(0) + " -> "
                + writer.to().orElse(0) + ": " + changes;
    }
}

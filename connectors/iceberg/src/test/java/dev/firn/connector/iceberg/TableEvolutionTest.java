package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.FaultyCommits.Fault;
import dev.firn.connector.iceberg.TableChangeTest.Swap;
import dev.firn.connector.iceberg.TableEvolution.Bound;
import dev.firn.connector.iceberg.TableEvolution.Gone;
import dev.firn.connector.iceberg.TableEvolution.Outcome;
import dev.firn.connector.iceberg.TableEvolution.Refused;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema is brought into a table once, by whoever is first, on the table that was judged. */
class TableEvolutionTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final WriterSchema FIRST = WrittenRows.schema(1, NUMBER);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, Column.optional("note", Primitive.STRING));
    private static final String BINDING = "firn.shop.binding." + NOTED.fingerprint();

    @TempDir
    Path folder;

    private TestLake test;
    private final ByNames names = ByNames.applyingAll();

    static Stream<Arguments> answers() {
        List<RuntimeException> answers = List.of(
                new CommitFailedException("409"), new CommitStateUnknownException(new IllegalStateException("500")));
        return Stream.of(Swap.values()).flatMap(swap -> answers.stream().map(answer -> Arguments.of(swap, answer)));
    }

    @BeforeEach
    void open() {
        create(Swap.JDBC);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void editsBindingAndDecisionAreOneCommit() {
        String before = metadataFile();

        assertBound(bind(names, NOTED), 1, 2);

        Table table = table();
        assertThat(table.schema().asStruct()).hasToString("struct<1: n: required long, 2: note: optional string>");
        assertThat(table.properties()).containsEntry(BINDING, "1-2");
        assertThat(TableDecisions.in(table.properties())).singleElement().satisfies(decision -> {
            assertThat(decision.table().incarnation())
                    .isEqualTo(LakeTables.operations(table).current().uuid());
            assertThat(decision.table().schemas()).containsExactly(1);
            assertThat(decision.writer().fingerprint()).isEqualTo(NOTED.fingerprint());
            assertThat(decision.writer().first())
                    .contains(new SchemaDecision.Place("kafka", "orders", 0, ListedRows.RECORD.position()));
            assertThat(decision.changes())
                    .containsExactly(new SchemaDecision.Change(
                            "add-column", "note", Optional.empty(), Optional.of("string"), "apply", "default"));
        });
        assertThat(LakeTables.operations(table).current().previousFiles())
                .last()
                .satisfies(previous -> assertThat(previous.file()).isEqualTo(before));
    }

    @Test
    void whoeverComesSecondChangesNothing() {
        bind(names, NOTED);
        String after = metadataFile();

        assertBound(bind(names, NOTED), 1, 2);

        assertThat(metadataFile()).isEqualTo(after);
        assertThat(names.judged).isOne();
    }

    @Test
    void whereThereIsNothingToEditTheBindingAloneIsKept() {
        int schemas = table().schemas().size();

        assertBound(bind(names, FIRST), 1);

        assertThat(table().schemas()).hasSize(schemas);
        assertThat(table().properties()).containsEntry("firn.shop.binding." + FIRST.fingerprint(), "1");
        assertThat(TableDecisions.in(table().properties())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswerAndSomebodyElseOnTop(Swap swap, RuntimeException answer) {
        create(swap);

        Outcome outcome = bind(swap, send -> {
            send.run();
            foreignChange();
            throw answer;
        });

        assertBound(outcome, 1, 2);
        assertMadeOnceBesideTheForeignChange();
        assertThat(names.judged).isOne();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedAndCanNotBeSeenForAWhile(Swap swap, RuntimeException answer) {
        create(swap);
        FaultyCommits blind = new FaultyCommits(FaultyCommits.landedThen(answer)).blindFor(1);

        assertBound(
                evolution(tables(swap, blind), names)
                        .bind(TestLake.ORDERS, List.of(SchemaLineage.of(NOTED)), ListedRows.RECORD),
                1,
                2);

        assertThat(table().schema().columns()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void neverArrived(Swap swap, RuntimeException answer) {
        create(swap);
        foreignChange();

        assertBound(bind(swap, FaultyCommits.neverSent(answer), FaultyCommits.neverSent(answer)), 1, 2);

        assertMadeOnceBesideTheForeignChange();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void arrivesWhenItsRepetitionHasLanded(Swap swap, RuntimeException answer) {
        create(swap);
        List<Runnable> underWay = new ArrayList<>();

        Outcome outcome = bind(
                swap,
                send -> {
                    underWay.add(send);
                    throw answer;
                },
                send -> {
                    send.run();
                    foreignChange();
                    throw answer;
                });
        assertThatThrownBy(() -> underWay.remove(0).run()).isInstanceOf(CommitFailedException.class);

        assertBound(outcome, 1, 2);
        assertMadeOnceBesideTheForeignChange();
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void somebodyAddsTheColumnBetweenTheVerdictAndTheCommit(Swap swap) {
        create(swap);

        Outcome outcome = bind(swap, send -> {
            foreign().addColumn("other", Types.LongType.get()).commit();
            foreign().addColumn("note", Types.StringType.get()).commit();
            send.run();
        });

        assertBound(outcome, 1, 3);
        assertThat(table().schema().columns())
                .extracting(Types.NestedField::name)
                .containsExactly("n", "other", "note");
        assertThat(names.judged).isEqualTo(2);
    }

    /** Properties alone are put on top of whatever the table is by then, so Firn itself has to look. */
    @ParameterizedTest
    @EnumSource(Swap.class)
    void aBindingIsNotMadeOnATableThatWasNotJudged(Swap swap) {
        create(swap);
        // Once when the transaction is begun, once more before it is sent.
        FaultyCommits script = new FaultyCommits().beforeRefresh(() -> {}).beforeRefresh(() -> {
            foreign().addColumn("m", Types.LongType.get()).commit();
            foreign().deleteColumn("n").commit();
        });

        Outcome outcome = evolution(tables(swap, script), names)
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(FIRST)), ListedRows.RECORD);

        assertBound(outcome, 3);
        assertThat(table().schema().asStruct()).hasToString("struct<2: m: optional long, 3: n: optional long>");
        assertThat(names.judged).isEqualTo(2);
        assertThat(LakeTables.operations(table()).current().previousFiles())
                .as("as made, and as left by the two changes of somebody else")
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void twoWhoMeetTheSameSchemaAtOnceMakeOneColumn(Swap swap) throws Exception {
        create(swap);

        List<Outcome> outcomes = atOnce(swap, List.of(NOTED, NOTED, NOTED, NOTED));

        assertThat(outcomes).allSatisfy(outcome -> assertBound(outcome, 1, 2));
        assertThat(table().schema().columns()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void thoseWhoMeetDifferentSchemasAtOnceMakeAllTheirColumns(Swap swap) throws Exception {
        create(swap);
        List<WriterSchema> writers = IntStream.range(2, 6)
                .mapToObj(
                        version -> WrittenRows.schema(version, NUMBER, Column.optional("c" + version, Primitive.LONG)))
                .toList();

        List<Outcome> outcomes = atOnce(swap, writers);

        for (int i = 0; i < writers.size(); i++) {
            int id = table().schema().findField("c" + (i + 2)).fieldId();
            assertBound(outcomes.get(i), 1, id);
        }
        assertThat(table().schema().columns()).hasSize(5);
    }

    @Test
    void aBindingWhoseColumnSomebodyHasDroppedIsJudgedAnew() {
        bind(names, NOTED);
        foreign().deleteColumn("note").commit();

        assertBound(bind(names, NOTED), 1, 3);

        assertThat(table().properties()).containsEntry(BINDING, "1,3");
        assertThat(names.judged).isEqualTo(2);
    }

    @Test
    void aBindingThatSomebodyHasSpoiltIsJudgedAnew() {
        bind(names, NOTED);
        table().updateProperties().set(BINDING, "all of them").commit();

        assertBound(bind(names, NOTED), 1, 2);

        assertThat(table().properties()).containsEntry(BINDING, "1-2");
    }

    @Test
    void whatIcebergDoesNotDoIsARefusalInItsWords() {
        test.table(TestLake.ORDERS).updateSpec().addField("n").commit();
        String before = metadataFile();

        assertThat(bind(new Dropping("n"), NOTED)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.decision()).isEqualTo(Decision.QUARANTINE);
            assertThat(refused.reason())
                    .isEqualTo("table `sales.orders` can't follow the record's schema: Cannot find source column for"
                            + " partition field: 1000: n: identity(1)");
        });
        assertThat(metadataFile()).isEqualTo(before);
    }

    /** The partition is still called after the column's first name, and Iceberg lets no other column have that. */
    @Test
    void aNameThatAPartitionHasIsNoOtherColumns() {
        test.table(TestLake.ORDERS).updateSpec().addField("n").commit();
        WriterSchema again =
                WrittenRows.schema(3, Map.of("m", List.of("n")), Column.required("m", Primitive.LONG), NUMBER);

        assertThat(bind(names, again)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo("table `sales.orders` can't follow the record's schema: Cannot create identity partition"
                        + " sourced from different field in schema: n"));
        assertThat(table().schema().asStruct()).hasToString("struct<1: n: required long>");
    }

    @Test
    void aRefusalNamesTheChangesThatAreKeptOut() {
        String before = metadataFile();

        assertRefused(
                bind(ByNames.but(ChangeKind.ADD_COLUMN, Decision.FAIL), NOTED),
                Decision.FAIL,
                "table `sales.orders` does not follow the record's schema, as `schema-evolution` says:"
                        + " add-column note (string, optional): fail");
        Column text = Column.required("n", Primitive.STRING);
        assertRefused(
                bind(names, WrittenRows.schema(3, text, Column.optional("more", Primitive.LONG))),
                Decision.QUARANTINE,
                "table `sales.orders` does not follow the record's schema, as `schema-evolution` says:"
                        + " narrow-type n (long -> string): quarantine");
        assertThat(metadataFile()).isEqualTo(before);
    }

    @Test
    void aColumnThatTheTableWasPartitionedByOnceIsNotDropped() {
        bind(names, NOTED);
        table().updateSpec().addField("note").commit();
        table().updateSpec().removeField("note").commit();

        Outcome outcome = bind(new Dropping("note"), FIRST);

        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo("table `sales.orders` can't follow the record's schema: the table was partitioned by `note`"
                        + " once, and could not be read without it"));
        assertThat(table().schema().columns()).hasSize(2);
    }

    @Test
    void whatFailsInTheVerdictIsNoFaultOfTheCatalog() {
        SchemaEvolution broken = (table, now, lineage) -> {
            names.judged++;
            throw new IllegalStateException("our bug: no decision");
        };

        assertThatThrownBy(() -> bind(broken, NOTED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("our bug: no decision");
        assertThat(names.judged).isOne();
    }

    @Test
    void saysThatTheCatalogFailed() {
        assertThatThrownBy(() -> bind(
                        Swap.JDBC,
                        IntStream.range(0, 6)
                                .mapToObj(attempt -> FaultyCommits.neverSent(new IllegalStateException("503")))
                                .toArray(Fault[]::new)))
                .isInstanceOf(OutsideException.class)
                .hasMessageEndingWith("failed to bring a schema into table `sales.orders`: 503");
        assertThat(table().schema().columns()).hasSize(1);
    }

    @Test
    void aTableThatIsNotThereAnyMoreIsGone() {
        test.drop(TestLake.ORDERS);

        assertThat(bind(names, NOTED)).isInstanceOfSatisfying(Gone.class, gone -> assertThat(gone.reason())
                .startsWith("table `sales.orders` is not in the `jdbc` catalog"));
    }

    @Test
    void eachPipelineDecidesForItselfAndBelievesWhereFieldsGo() {
        bind(names, NOTED);
        List<TableState> judged = new ArrayList<>();
        SchemaEvolution looking = (table, now, lineage) -> {
            judged.add(now);
            return names.judge(table, now, lineage);
        };
        TableEvolution other = new TableEvolution(test.tables(), "returns", 1, looking, retries());

        assertBound(
                other.bind(TestLake.ORDERS, List.of(new SchemaLineage(List.of(FIRST, NOTED), 1)), ListedRows.RECORD),
                1,
                2);

        assertThat(judged).singleElement().satisfies(state -> assertThat(state.bindings())
                .isEqualTo(Map.of(NOTED.fingerprint(), new SchemaBinding(new TreeMap<>(Map.of("n", 1, "note", 2))))));
        assertThat(table().properties()).containsEntry("firn.returns.binding." + NOTED.fingerprint(), "1-2");
    }

    @Test
    void whatAnotherPipelineLeavesOutIsItsOwnDecision() {
        evolution(test.tables(), ByNames.but(ChangeKind.ADD_COLUMN, Decision.IGNORE))
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(NOTED)), ListedRows.RECORD);
        assertThat(table().properties()).containsEntry(BINDING, "1,-");
        TableEvolution other = new TableEvolution(test.tables(), "returns", 1, names, retries());

        assertBound(other.bind(TestLake.ORDERS, List.of(SchemaLineage.of(NOTED)), ListedRows.RECORD), 1, 2);

        assertThat(table().properties()).containsEntry(BINDING, "1,-");
    }

    /** Of schemas that drop a column. */
    private record Dropping(String column) implements SchemaEvolution {
        @Override
        public Verdict judge(TableName table, TableState now, SchemaLineage lineage) {
            Integer id = now.ids().get(column);
            return new Verdict.Accepted(
                    List.of(new TableEdit.DropColumn(id == null ? -1 : id)), new TreeMap<>(), List.of());
        }
    }

    private void create(Swap swap) {
        test = new TestLake(swap.kind, folder.resolve(swap.name()));
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    private Outcome bind(SchemaEvolution evolution, WriterSchema writer) {
        return evolution(test.tables(), evolution)
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(writer)), ListedRows.RECORD);
    }

    private Outcome bind(Swap swap, Fault... faults) {
        FaultyCommits script = new FaultyCommits(faults);
        Outcome outcome = evolution(tables(swap, script), names)
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(NOTED)), ListedRows.RECORD);
        assertThat(script.left()).isZero();
        return outcome;
    }

    private List<Outcome> atOnce(Swap swap, List<WriterSchema> writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            List<Callable<Outcome>> all = writers.stream()
                    .<Callable<Outcome>>map(writer -> () -> new TableEvolution(
                                    tables(swap, new FaultyCommits()),
                                    "shop",
                                    1,
                                    names,
                                    new Retries(50, Duration.ofMillis(1)))
                            .bind(TestLake.ORDERS, List.of(SchemaLineage.of(writer)), ListedRows.RECORD))
                    .toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> outcome : threads.invokeAll(all)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdown();
        }
    }

    private static TableEvolution evolution(LakeTables tables, SchemaEvolution evolution) {
        return new TableEvolution(tables, "shop", 1, evolution, retries());
    }

    private static Retries retries() {
        return new Retries(6, Duration.ofMillis(1));
    }

    private LakeTables tables(Swap swap, FaultyCommits faults) {
        return test.tables(swap == Swap.LIKE_REST ? test.likeRest(faults) : faults);
    }

    private Table table() {
        return test.table(TestLake.ORDERS);
    }

    private UpdateSchema foreign() {
        return table().updateSchema();
    }

    private String metadataFile() {
        return LakeTables.operations(table()).current().metadataFileLocation();
    }

    private void foreignChange() {
        table().updateProperties().set("theirs", "kept").commit();
        test.commitForeignFile();
    }

    private void assertMadeOnceBesideTheForeignChange() {
        assertThat(table().schema().columns()).hasSize(2);
        assertThat(table().properties()).containsEntry("theirs", "kept").containsEntry(BINDING, "1-2");
        assertThat(test.totalRecords()).isEqualTo(1_000_000);
    }

    /** Told once with the same id, whoever refuses it: of the changes only those that are kept out. */
    private static void assertRefused(Outcome outcome, Decision decision, String reason) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.decision()).isEqualTo(decision);
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.told().orElseThrow().changes())
                    .extracting(SchemaDecision.Change::decision)
                    .containsExactly(decision.word());
            assertThat(refused.told().orElseThrow().table().schemas()).isEmpty();
        });
    }

    private static void assertBound(Outcome outcome, Integer... ids) {
        assertThat(outcome).isInstanceOfSatisfying(Bound.class, bound -> {
            SchemaBinding binding = bound.binding();
            assertThat(binding.columns().values()).containsExactlyInAnyOrder(ids);
            assertThat(bound.table().schema().idToName().keySet()).contains(ids);
        });
    }
}

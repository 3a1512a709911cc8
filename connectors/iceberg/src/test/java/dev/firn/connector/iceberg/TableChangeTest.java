package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.FaultyCommits.Fault;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A change of schema, spec or properties is made once, and what somebody else changed meanwhile stays. */
class TableChangeTest {

    private static final Retries RETRIES = new Retries(6, Duration.ofMillis(1));

    /** How a catalog compares and swaps. */
    enum Swap {
        HADOOP(CatalogKind.HADOOP),
        JDBC(CatalogKind.JDBC),
        LIKE_REST(CatalogKind.JDBC);

        final CatalogKind kind;

        Swap(CatalogKind kind) {
            this.kind = kind;
        }
    }

    /** A kind of change, and how to see in a table that it was made exactly once. */
    enum Kind {
        SCHEMA("add column note") {
            @Override
            void edit(Transaction change) {
                change.updateSchema().addColumn("note", Types.StringType.get()).commit();
            }

            @Override
            void assertMadeOnce(Table table) {
                assertThat(table.schema().columns())
                        .extracting(Types.NestedField::name)
                        .containsOnlyOnce("note");
            }
        },
        SPEC("partition by bucket(n, 4)") {
            @Override
            void edit(Transaction change) {
                change.updateSpec().addField(Expressions.bucket("n", 4)).commit();
            }

            @Override
            void assertMadeOnce(Table table) {
                assertThat(table.spec().fields()).singleElement().satisfies(field -> assertThat(field.transform())
                        .hasToString("bucket[4]"));
            }
        },
        PROPERTY("set owner") {
            @Override
            void edit(Transaction change) {
                change.updateProperties().set("owner", "firn").commit();
            }

            @Override
            void assertMadeOnce(Table table) {
                assertThat(table.properties()).containsEntry("owner", "firn");
            }
        };

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        abstract void edit(Transaction change);

        abstract void assertMadeOnce(Table table);
    }

    @TempDir
    Path folder;

    private TestLake test;

    static Stream<Arguments> answers() {
        List<RuntimeException> answers = List.of(
                new CommitFailedException("409"),
                new CommitStateUnknownException(new IllegalStateException("504")),
                new ForbiddenException("403"));
        return Stream.of(Swap.values()).flatMap(swap -> Stream.of(Kind.values())
                .flatMap(kind -> answers.stream().map(answer -> Arguments.of(swap, kind, answer))));
    }

    @BeforeEach
    void open() {
        create(Swap.JDBC);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedWithAnotherAnswerAndSomebodyElseOnTop(Swap swap, Kind kind, RuntimeException answer) {
        create(swap);

        make(swap, kind, send -> {
            send.run();
            foreignChange();
            throw answer;
        });

        assertMadeOnceBesideTheForeignChange(kind);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void neverArrived(Swap swap, Kind kind, RuntimeException answer) {
        create(swap);
        foreignChange();

        make(swap, kind, FaultyCommits.neverSent(answer), FaultyCommits.neverSent(answer));

        assertMadeOnceBesideTheForeignChange(kind);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void arrivesWhenItsRepetitionHasLanded(Swap swap, Kind kind, RuntimeException answer) {
        create(swap);
        List<Runnable> underWay = new ArrayList<>();

        make(
                swap,
                kind,
                send -> {
                    underWay.add(send);
                    throw answer;
                },
                send -> {
                    send.run();
                    foreignChange();
                    throw answer;
                });
        boolean onlyValuesAreSwapped = swap == Swap.LIKE_REST && kind == Kind.PROPERTY;
        if (onlyValuesAreSwapped) {
            underWay.remove(0).run();
        } else {
            assertThatThrownBy(() -> underWay.remove(0).run()).isInstanceOf(CommitFailedException.class);
        }

        assertMadeOnceBesideTheForeignChange(kind);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void landedInTheLastAttempt(Swap swap, Kind kind, RuntimeException answer) {
        create(swap);
        Fault never = FaultyCommits.neverSent(answer);

        make(swap, kind, never, never, never, never, never, FaultyCommits.landedThen(answer));

        kind.assertMadeOnce(test.table(TestLake.ORDERS));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void meetsAForeignChangeOfTheSameSort(Kind kind) {
        for (Swap swap : Swap.values()) {
            create(swap);

            make(swap, kind, send -> {
                test.table(TestLake.ORDERS)
                        .updateSchema()
                        .addColumn("theirs", Types.LongType.get())
                        .commit();
                foreignChange();
                send.run();
            });

            assertMadeOnceBesideTheForeignChange(kind);
            assertThat(test.table(TestLake.ORDERS).schema().findField("theirs")).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void isMadeOnceByManyAtOnce(Swap swap) {
        create(swap);
        TableChange change = change(Kind.SCHEMA);

        List<CompletableFuture<Void>> makers = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> change.make(tables(swap), new Retries(50, Duration.ofMillis(1)), Kind.SCHEMA::edit)))
                .limit(4)
                .toList();
        makers.forEach(CompletableFuture::join);

        Kind.SCHEMA.assertMadeOnce(test.table(TestLake.ORDERS));
        assertThat(test.table(TestLake.ORDERS).schemas()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Swap.class)
    void isNotMadeAgainWhenALaterChangeTookItBack(Swap swap) {
        create(swap);
        change(Kind.SCHEMA).make(tables(swap), RETRIES, Kind.SCHEMA::edit);
        new TableChange(TestLake.ORDERS, "shop", "f2", "drop column note")
                .make(tables(swap), RETRIES, drop -> drop.updateSchema()
                        .deleteColumn("note")
                        .commit());

        change(Kind.SCHEMA).make(tables(swap), RETRIES, Kind.SCHEMA::edit);

        assertThat(test.table(TestLake.ORDERS).schema().findField("note")).isNull();
        assertThat(test.table(TestLake.ORDERS).properties())
                .containsEntry("firn.shop.change.f1", "add column note")
                .containsEntry("firn.shop.change.f2", "drop column note");
    }

    /** Made by another between our look and our commit, and changed by somebody since. */
    @ParameterizedTest
    @EnumSource(Swap.class)
    void leavesWhatSomebodyElseSetAfterItWasMade(Swap swap) {
        create(swap);
        FaultyCommits script = new FaultyCommits().beforeRefresh(() -> {
            change(Kind.PROPERTY).make(tables(swap), RETRIES, Kind.PROPERTY::edit);
            test.table(TestLake.ORDERS)
                    .updateProperties()
                    .set("owner", "somebody else")
                    .commit();
        });

        change(Kind.PROPERTY)
                .make(
                        test.tables(swap == Swap.LIKE_REST ? test.likeRest(script) : script),
                        RETRIES,
                        Kind.PROPERTY::edit);

        assertThat(test.table(TestLake.ORDERS).properties()).containsEntry("owner", "somebody else");
    }

    @Test
    void leavesTheRowsOfAnEpochThatCommitsMeanwhile() {
        Lake lake = test.open();

        make(Swap.JDBC, Kind.SPEC, send -> {
            lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 7)));
            send.run();
        });

        Kind.SPEC.assertMadeOnce(test.table(TestLake.ORDERS));
        assertThat(test.numbers()).containsExactly(7L);
        test.assertEverySnapshotIsReadable(TestLake.ORDERS);
    }

    @Test
    void saysWhyAChangeCanNotBeMade() {
        TableChange change = new TableChange(TestLake.ORDERS, "shop", "f1", "add column n");

        assertThatThrownBy(() -> change.make(tables(Swap.JDBC), RETRIES, add -> add.updateSchema()
                        .addColumn("n", Types.StringType.get())
                        .commit()))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the `jdbc` catalog (uri `jdbc:sqlite:" + folder.resolve("JDBC/catalog.db")
                        + "`, warehouse `" + folder.resolve("JDBC/warehouse")
                        + "`) failed to make a change (add column n) to table `sales.orders`: Cannot add column, name"
                        + " already exists: n");
        assertThat(test.table(TestLake.ORDERS).properties()).doesNotContainKey(change.property());
    }

    private void create(Swap swap) {
        test = new TestLake(swap.kind, folder.resolve(swap.name()));
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    private static TableChange change(Kind kind) {
        return new TableChange(TestLake.ORDERS, "shop", "f1", kind.words);
    }

    private void make(Swap swap, Kind kind, Fault... faults) {
        FaultyCommits script = new FaultyCommits(faults);
        UnaryOperator<TableOperations> commits = swap == Swap.LIKE_REST ? test.likeRest(script) : script;
        change(kind).make(test.tables(commits), RETRIES, kind::edit);
        assertThat(script.left()).isZero();
        // As a restart does that knows nothing of it.
        change(kind).make(tables(swap), RETRIES, kind::edit);
    }

    private LakeTables tables(Swap swap) {
        return swap == Swap.LIKE_REST ? test.tables(test.likeRest(new FaultyCommits())) : test.tables();
    }

    private void foreignChange() {
        test.table(TestLake.ORDERS).updateProperties().set("theirs", "kept").commit();
        test.commitForeignFile();
    }

    private void assertMadeOnceBesideTheForeignChange(Kind kind) {
        Table table = test.table(TestLake.ORDERS);
        kind.assertMadeOnce(table);
        assertThat(table.properties()).containsEntry("theirs", "kept");
        assertThat(test.totalRecords()).isEqualTo(1_000_000);
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A schema for which nothing changes costs its table no commit of its own. */
class BindingsWithRowsTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final WriterSchema FIRST = WrittenRows.schema(1, NUMBER);
    private static final WriterSchema ALIKE = WrittenRows.schema(2, NUMBER);
    private static final WriterSchema NOTED = WrittenRows.schema(3, NUMBER, Column.optional("note", Primitive.STRING));

    @TempDir
    Path folder;

    private final WrittenRows rows = new WrittenRows(FIRST, ALIKE, NOTED);
    private final List<TableWriters> opened = new ArrayList<>();
    private TestLake test;
    private Lake lake;
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
        lake.close();
        test.close();
    }

    @Test
    void theVersionThatATableIsMadeOfComesWithTheFirstRowsAndWithItThoseThatAreOlder() {
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, NOTED.columns()));
        TableWriters writers = writers(0);
        write(writers, 3);
        write(writers, 1);
        write(writers, 2);
        assertThat(changes()).isZero();

        commit(writers);

        assertThat(changes()).isOne();
        assertThat(binding(FIRST)).hasValue("1");
        assertThat(binding(ALIKE)).hasValue("1");
        assertThat(binding(NOTED)).hasValue("1-2");
    }

    /** Somebody else may be writing rows of the older one just now, which what is decided is held against. */
    @Test
    void whatAnOlderVersionIsAsWellIsSaidAtOnce() {
        TableWriters writers = writers(0);

        write(writers, 2);

        assertThat(binding(ALIKE)).hasValue("1");
    }

    @Test
    void soDoesAVersionThatIsOlderThanOneThatIsBound() {
        TableWriters writers = writers(0);
        write(writers, 3);
        int changes = changes();

        write(writers, 1);

        assertThat(changes()).isEqualTo(changes);
        commit(writers);
        assertThat(binding(FIRST)).hasValue("1");
    }

    @Test
    void whatIsNewerThanAllThatAreBoundIsSaidAtOnceForOthersHaveToGoByIt() {
        TableWriters writers = writers(0);
        write(writers, 1);
        commit(writers);

        write(writers, 2);

        assertThat(binding(ALIKE)).hasValue("1");
    }

    @Test
    void nobodyIsAskedAgainForTheVersionsWhileABindingIsUnderWay() {
        TableWriters writers = writers(0);
        write(writers, 1);
        write(writers, 3);
        assertThat(rows.lineagesAsked).isEqualTo(2);

        write(writers, 1);
        commit(writers);
        write(writers, 1);

        assertThat(rows.decodersOpened).isGreaterThan(2);
        assertThat(rows.lineagesAsked).isEqualTo(2);
    }

    /** Somebody has registered a version, and another subtask has brought it in, since this one asked for them. */
    @Test
    void versionsAreAskedForAgainWhereTheTableKnowsOneThatIsNotAmongThem() {
        WriterSchema renamed = WrittenRows.schema(4, Map.of("m", List.of("n")), Column.required("m", Primitive.LONG));
        WrittenRows later = new WrittenRows(FIRST, renamed);
        TableWriters other = writers(1);
        other.write(TestLake.ORDERS, later, 2, later.records(Map.of("m", 2L)));
        WrittenRows behind = new WrittenRows(FIRST, renamed).knownFromTheSecondTime(1);
        TableWriters writers = writers(0);

        assertThat(writers.write(TestLake.ORDERS, behind, 1, behind.records(Map.of("n", 1L))))
                .allMatch(Optional::isEmpty);

        assertThat(behind.lineagesAsked).isEqualTo(2);
    }

    @Test
    void aBindingWaitsForTheFirstRows() {
        TableWriters writers = writers(0);
        assertThat(writers.write(TestLake.ORDERS, rows, 1, rows.records(Map.of()))
                        .get(0))
                .isPresent();
        commit(writers);
        assertThat(binding(FIRST)).isEmpty();

        write(writers, 1);
        commit(writers);

        assertThat(binding(FIRST)).hasValue("1");
    }

    @Test
    void isNotStagedTwice() {
        TableWriters writers = writers(0);
        write(writers, 1);
        assertThat(bindings(writers.stage())).containsOnlyKeys("firn.shop.binding." + FIRST.fingerprint());

        write(writers, 1);

        assertThat(bindings(writers.stage())).isEmpty();
    }

    @Test
    void whatSomebodyElseHasBoundMeanwhileStays() {
        TableWriters writers = writers(0);
        write(writers, 1);
        List<StagedFiles> staged = writers.stage();
        String property = "firn.shop.binding." + FIRST.fingerprint();
        table().updateProperties().set(property, "1,-").commit();

        commit(staged);

        assertThat(table().properties()).containsEntry(property, "1,-");
        assertThat(test.rows(TestLake.ORDERS)).hasSize(1);
    }

    @Test
    void soDoesWhatSomebodyBindsWhileTheCommitIsUnderWay() {
        TableWriters writers = writers(0);
        write(writers, 1);
        List<StagedFiles> staged = writers.stage();
        String property = "firn.shop.binding." + FIRST.fingerprint();
        Lake committing = test.open(new FaultyCommits()
                .beforeRefresh(
                        () -> table().updateProperties().set(property, "1,-").commit()));

        committing.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, 1, staged)));
        committing.close();

        assertThat(table().properties()).containsEntry(property, "1,-");
        assertThat(test.rows(TestLake.ORDERS)).hasSize(1);
    }

    @Test
    void ofATableThatWasMadeAnewNothingIsSaid() {
        TableWriters writers = writers(0);
        write(writers, 1);
        List<StagedFiles> staged = writers.stage();
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

        assertThat(StagedBindings.missing(staged, table())).isEmpty();
    }

    private static Map<String, String> bindings(List<StagedFiles> staged) {
        assertThat(staged).hasSize(1);
        return StagedManifest.bindings(staged.get(0));
    }

    private TableWriters writers(int subtask) {
        TableWriters writers = lake.writers(new WriterSettings(1, subtask, 0), Optional.of(ByNames.applyingAll()));
        opened.add(writers);
        return writers;
    }

    private void write(TableWriters writers, int schemaId) {
        assertThat(writers.write(TestLake.ORDERS, rows, schemaId, rows.records(Map.of("n", 1L))))
                .allMatch(Optional::isEmpty);
    }

    private void commit(TableWriters... writers) {
        List<StagedFiles> staged = new ArrayList<>();
        for (TableWriters one : writers) {
            staged.addAll(one.stage());
        }
        commit(staged);
    }

    private void commit(List<StagedFiles> staged) {
        epoch++;
        lake.commit(TestLake.ORDERS, List.of(new StagedEpoch(1, epoch, staged)));
    }

    /** How often the table was changed since it was made. */
    private int changes() {
        return metadata().previousFiles().size();
    }

    private Optional<String> binding(WriterSchema writer) {
        return Optional.ofNullable(metadata().properties().get("firn.shop.binding." + writer.fingerprint()));
    }

    private TableMetadata metadata() {
        return LakeTables.operations(table()).current();
    }

    private Table table() {
        return test.table(TestLake.ORDERS);
    }
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.iceberg.TableEvolution.Bound;
import dev.firn.connector.iceberg.TableEvolution.Outcome;
import dev.firn.connector.iceberg.TableEvolution.Refused;
import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a table beforehand is what then becomes of it. */
class ForesightTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, Column.optional("note", Primitive.STRING));
    private static final WriterSchema RENAMED =
            WrittenRows.schema(3, Map.of("m", List.of("n")), Column.required("m", Primitive.LONG), NUMBER);

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private TestLake test;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void saysTheColumnsThatTheTableThenHas() {
        for (WriterSchema writer : List.of(NOTED, RENAMED)) {
            Foreseen.Takes takes = (Foreseen.Takes) foreseen(ByNames.applyingAll(), writer);

            assertThat(bind(ByNames.applyingAll(), writer)).isInstanceOf(Bound.class);

            assertThat(takes.columns().columns()).isEqualTo(columns());
            assertThat(takes.leftOut()).isEmpty();
            assertThat(takes.decided()).isNotEmpty();
            assertThat(foreseen(ByNames.applyingAll(), writer))
                    .isEqualTo(new Foreseen.Takes(takes.columns(), takes.view(), List.of()));
        }
    }

    @Test
    void saysWhatIsLeftOut() {
        SchemaEvolution ignoring = ByNames.but(ChangeKind.ADD_COLUMN, Decision.IGNORE);

        Foreseen.Takes takes = (Foreseen.Takes) foreseen(ignoring, NOTED);

        assertThat(takes.leftOut()).containsExactly("note");
        assertThat(takes.columns().columns()).containsExactly(NUMBER);
        bind(ignoring, NOTED);
        assertThat(foreseen(ignoring, NOTED)).isEqualTo(takes);
    }

    @Test
    void saysWhyTheTableRefuses() {
        SchemaEvolution failing = ByNames.but(ChangeKind.ADD_COLUMN, Decision.FAIL);
        assertRefused(failing, NOTED);
        test.table(TestLake.ORDERS).updateSpec().addField("n").commit();

        // Iceberg has a say too.
        assertRefused(ByNames.applyingAll(), RENAMED);
    }

    @Test
    void changesNothing() {
        String before =
                LakeTables.operations(test.table(TestLake.ORDERS)).current().metadataFileLocation();

        foreseen(ByNames.applyingAll(), NOTED);

        assertThat(LakeTables.operations(test.table(TestLake.ORDERS)).current().metadataFileLocation())
                .isEqualTo(before);
    }

    @Test
    void saysNothingOfATableThatIsNotThere() {
        test.drop(TestLake.ORDERS);

        assertThat(foresight(ByNames.applyingAll(), NOTED)).isEmpty();
    }

    private void assertRefused(SchemaEvolution evolution, WriterSchema writer) {
        Foreseen.Refuses refuses = (Foreseen.Refuses) foreseen(evolution, writer);

        assertThat(bind(evolution, writer)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.decision()).isEqualTo(refuses.decision());
            assertThat(refused.reason()).isEqualTo(refuses.reason());
        });
        assertThat(refuses.decided()).isNotEmpty();
    }

    private Foreseen foreseen(SchemaEvolution evolution, WriterSchema writer) {
        return foresight(evolution, writer).orElseThrow();
    }

    private Optional<Foreseen> foresight(SchemaEvolution evolution, WriterSchema writer) {
        return new Foresight(test.tables(), "shop", evolution).of(TestLake.ORDERS, List.of(SchemaLineage.of(writer)));
    }

    private Outcome bind(SchemaEvolution evolution, WriterSchema writer) {
        return new TableEvolution(test.tables(), "shop", 1, evolution, new Retries(1, Duration.ofMillis(1)))
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(writer)), ListedRows.RECORD);
    }

    private List<Column> columns() {
        return IcebergTypes.columns(
                        TestLake.ORDERS.full(), test.table(TestLake.ORDERS).schema())
                .columns();
    }
}

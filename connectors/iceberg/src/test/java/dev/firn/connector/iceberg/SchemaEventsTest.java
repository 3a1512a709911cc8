package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.SchemaEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaEventsTest {

    private static final Column NUMBER = Column.required("n", Primitive.LONG);
    private static final WriterSchema NOTED = WrittenRows.schema(2, NUMBER, Column.optional("note", Primitive.STRING));

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.JDBC, folder);
        lake = test.open();
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whatNoPipelineHasDecidedWasDoneBySomebodyElse() {
        test.table(TestLake.ORDERS)
                .updateSchema()
                .addColumn("theirs", Types.LongType.get())
                .commit();
        Instant before = Instant.now().minus(Duration.ofMillis(1));
        lake.commit(TestLake.ORDERS, List.of(TestLake.stage(lake, 1, 1, 1)));
        bind(NOTED);
        test.table(TestLake.ORDERS)
                .updateSchema()
                .renameColumn("note", "remark")
                .makeColumnOptional("n")
                .commit();

        List<SchemaEvent> history = history();

        assertThat(history).hasSize(3);
        assertThat(history.get(0)).isInstanceOfSatisfying(SchemaEvent.ByOthers.class, others -> {
            assertThat(others.by().orElseThrow()).isBetween(before, Instant.now());
            assertThat(others.differences())
                    .containsExactly(
                            new SchemaEvent.Difference("add-column", "theirs", Optional.empty(), Optional.of("long")));
        });
        assertThat(kinds(history.get(1))).containsExactly("add-column note");
        assertThat(history.get(2)).isInstanceOfSatisfying(SchemaEvent.ByOthers.class, others -> {
            assertThat(others.by()).as("no rows came since").isEmpty();
            assertThat(others.differences())
                    .containsExactlyInAnyOrder(
                            new SchemaEvent.Difference(
                                    "rename-column", "remark", Optional.of("note"), Optional.of("remark")),
                            new SchemaEvent.Difference(
                                    "make-optional", "n", Optional.of("required"), Optional.of("optional")));
        });
    }

    @Test
    void aTableThatHasStayedAsItWasMadeHasNone() {
        assertThat(history()).isEmpty();
        assertThat(lake.schemaHistory(new TableName("sales.nothing"))).isEmpty();
    }

    @Test
    void eachDecisionIsToldOnceWhereverItStands() {
        bind(NOTED);
        DecisionLog log = (DecisionLog) lake.schemaChanges();
        log.see(test.table(TestLake.ORDERS).properties());
        log.catchUp();

        assertThat(history()).hasSize(1);

        test.table(TestLake.ORDERS).properties().keySet().stream()
                .filter(property -> property.contains(".change."))
                .forEach(property -> test.table(TestLake.ORDERS)
                        .updateProperties()
                        .remove(property)
                        .commit());
        assertThat(history())
                .as("the log still has it")
                .filteredOn(event -> event instanceof SchemaEvent.Decided)
                .hasSize(1);
    }

    @Test
    void theHistoryOfATableThatHadTheNameBeforeIsItsOwn() {
        bind(NOTED);
        DecisionLog log = (DecisionLog) lake.schemaChanges();
        log.see(test.table(TestLake.ORDERS).properties());
        log.catchUp();
        test.drop(TestLake.ORDERS);
        lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

        assertThat(history()).isEmpty();
    }

    @Test
    void whatWasRefusedIsToldFromTheQuarantineBeforeItIsInTheLog() {
        lake.create(lake.quarantineTable());
        MetSchema met = new MetSchema(
                TestLake.ORDERS,
                lake.table(TestLake.ORDERS).orElseThrow().incarnation(),
                SchemaLineage.of(NOTED),
                TableBindings.in(Map.of(), "shop")
                        .state(TestLake.ORDERS, test.table(TestLake.ORDERS).schema(), SchemaLineage.of(NOTED)),
                new MetSchema.Origin("shop", 1, ListedRows.RECORD));
        SchemaDecision refused = met.refused(
                        List.of(new Decided(new SchemaChange.Reorder(""), Decision.QUARANTINE, "reorder: quarantine")))
                .orElseThrow();
        TableDecisions.properties(refused).forEach((property, text) -> test.table(TestLake.NAMES.quarantine())
                .updateProperties()
                .set(property, text)
                .commit());

        assertThat(history()).containsExactly(new SchemaEvent.Decided(refused));
    }

    private void bind(WriterSchema schema) {
        new TableEvolution(test.tables(), "shop", 1, ByNames.applyingAll(), Retries.DEFAULT)
                .bind(TestLake.ORDERS, List.of(SchemaLineage.of(schema)), ListedRows.RECORD);
    }

    private List<SchemaEvent> history() {
        return lake.schemaHistory(TestLake.ORDERS).orElseThrow();
    }

    private static List<String> kinds(SchemaEvent event) {
        return ((SchemaEvent.Decided) event)
                .decision().changes().stream()
                        .map(change -> change.kind() + " " + change.path())
                        .toList();
    }
}

package dev.firn.flink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.flink.testing.FakeLake;
import dev.firn.plan.CommitSettings;
import dev.firn.plan.EvolutionSettings;
import dev.firn.plan.KeySettings;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.ShapeSettings;
import dev.firn.plan.TableSettings;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.OutsideException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValueTablesTest {

    private static final TableSchema SCHEMA = new TableSchema(
            List.of(Column.required("type", Primitive.STRING), Column.required("at", Primitive.TIMESTAMPTZ)));
    private static final TableName CLICK = new TableName("events.click");

    private final FakeLake fake = FakeLake.create();
    private final Lake lake = fake.factory().open(SystemReferences.ofThisProcess());
    private final AtomicLong nanos = new AtomicLong();
    private final Set<TableName> detached = new HashSet<>();
    private final ValueTables tables = tables();
    private final ValueRoute route = route(3);

    @AfterEach
    void close() {
        lake.close();
    }

    private ValueTables tables() {
        return new ValueTables(
                TableCatalog.of(lake), Set.of(new TableName("events.firn_ledger")), detached::contains, nanos::get);
    }

    private static ValueRoute route(int maxTables, TableSettings... settings) {
        return new ValueRoute(new TableTemplate("events.$by"), "type", maxTables, SCHEMA, List.of(settings));
    }

    private static TableSettings settings(
            String tables,
            @Nullable List<PartitionTransform> partitioning,
            @Nullable List<SortField> sortOrder,
            Map<String, String> properties) {
        return new TableSettings(
                Selector.parse(tables),
                partitioning,
                sortOrder,
                new TreeMap<>(properties),
                CommitSettings.NOTHING,
                EvolutionSettings.NOTHING,
                RuleSettings.NOTHING,
                KeySettings.NOTHING);
    }

    private TableSpec made(TableName table) {
        return Objects.requireNonNull(fake.made().get(table));
    }

    private static void refused(RejectCode code, String message, Table wanted) {
        assertThatThrownBy(wanted::table)
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code))
                .hasMessage(message);
    }

    private interface Table {
        TableName table() throws Rejected;
    }

    @Test
    void makesATableWhereAValueComesFirst() throws Exception {
        assertThat(tables.table(route, "click")).isEqualTo(CLICK);
        assertThat(tables.table(route, "click")).isEqualTo(CLICK);
        assertThat(fake.made()).containsOnlyKeys(CLICK);
        assertThat(made(CLICK).schema()).isEqualTo(SCHEMA);
        assertThat(made(CLICK).properties()).isEqualTo(Map.of("firn.by", "click"));
    }

    @Test
    void neitherLooksForNorMakesATableThatIsDetached() throws Exception {
        detached.add(CLICK);
        fake.faults().always("table events.click", new OutsideException("the catalog does not answer for it"));

        assertThat(tables.table(route, "click")).isEqualTo(CLICK);
        assertThat(fake.made()).isEmpty();
        assertThat(fake.listings()).isZero();

        detached.clear();
        assertThatThrownBy(() -> tables.table(route, "click")).isInstanceOf(OutsideException.class);
        fake.faults().mend("table events.click");
        assertThat(tables.table(route, "click")).isEqualTo(CLICK);
        assertThat(fake.made()).containsOnlyKeys(CLICK);
    }

    @Test
    void findsATableThatTheCatalogDoesNotGiveAsItWas() throws Exception {
        tables.table(route, "click");
        fake.faults().always("table events.click", new OutsideException("the catalog does not answer for it"));

        assertThat(tables().table(route, "click")).isEqualTo(CLICK);
    }

    @Test
    void makesItAsTheFileSaysOfItsName() throws Exception {
        List<PartitionTransform> byDay =
                List.of(PartitionTransform.parse("day(at)").orElseThrow());
        List<SortField> newestFirst = List.of(SortField.parse("at desc").orElseThrow());
        ValueRoute settled = route(
                3,
                settings("events.*", byDay, newestFirst, Map.of("a", "1", "b", "1")),
                settings("events.click", null, null, Map.of("b", "2")),
                settings("events.view", List.of(), List.of(), Map.of()));

        tables.table(settled, "click");
        tables.table(settled, "view");

        assertThat(made(CLICK).partitioning()).isEqualTo(byDay);
        assertThat(made(CLICK).sortOrder()).isEqualTo(newestFirst);
        assertThat(made(new TableName("events.view")).sortOrder()).isEmpty();
        assertThat(made(CLICK).properties()).isEqualTo(Map.of("a", "1", "b", "2", "firn.by", "click"));
        assertThat(made(new TableName("events.view")).partitioning()).isEmpty();
    }

    @Test
    void makesItWithTheColumnsThatTheFileMakesOfRecords() throws Exception {
        Column first = SCHEMA.columns().get(0);
        TableSettings shaped = new TableSettings(
                Selector.parse("events.click"),
                null,
                null,
                new TreeMap<>(),
                CommitSettings.NOTHING,
                EvolutionSettings.NOTHING,
                new RuleSettings(null, List.of(), new ShapeSettings(List.of(), List.of(first.name()), List.of())),
                KeySettings.NOTHING);
        ValueRoute settled = route(3, shaped);

        tables.table(settled, "click");
        tables.table(settled, "view");

        assertThat(made(CLICK).schema().columns()).isNotEmpty().doesNotContain(first);
        assertThat(made(new TableName("events.view")).schema()).isEqualTo(SCHEMA);
    }

    @Test
    void twoValuesOfOneNameAreNeverMerged() throws Exception {
        assertThat(tables.table(route, "a-b")).isEqualTo(new TableName("events.a_b"));
        refused(
                RejectCode.TABLE_NAME_TAKEN,
                "`a_b` leads to `events.a_b`, the table of `a-b`",
                () -> tables.table(route, "a_b"));
        refused(RejectCode.TABLE_NAME_TAKEN, "`a_b` leads to `events.a_b`, the table of `a-b`", () -> tables().table(
                        route, "a_b"));
        assertThat(tables().table(route, "a-b")).isEqualTo(new TableName("events.a_b"));
    }

    @Test
    void theCatalogSaysWhoWasFirstWhereTwoSubtasksMakeATable() throws Exception {
        fake.faults().meanwhile("create events.a_b", () -> fake.made()
                .putIfAbsent(new TableName("events.a_b"), route.spec(new TableName("events.a_b"), "a b")));
        refused(
                RejectCode.TABLE_NAME_TAKEN,
                "`a-b` leads to `events.a_b`, the table of `a b`",
                () -> tables.table(route, "a-b"));
    }

    @Test
    void namesThatDifferOnlyInCaseAreNotBothMade() throws Exception {
        tables.table(route, "click");
        refused(
                RejectCode.TABLE_NAME_TAKEN,
                "`Click` leads to `events.Click`, and there is a table whose name differs only in case",
                () -> tables.table(route, "Click"));
    }

    @Test
    void aTableThatSomebodyElseMadeIsThatOfTheValueInItsName() throws Exception {
        fake.made().put(CLICK, new TableSpec(CLICK, SCHEMA, List.of(), new TreeMap<>()));
        TableName other = new TableName("events.a_b");
        fake.made().put(other, new TableSpec(other, SCHEMA, List.of(), new TreeMap<>()));
        assertThat(tables.table(route, "click")).isEqualTo(CLICK);
        refused(
                RejectCode.TABLE_NAME_TAKEN,
                "`a-b` leads to `events.a_b`, which is not one that Firn made for it",
                () -> tables.table(route, "a-b"));
    }

    @Test
    void aTableThatWasDroppedIsMadeAnewByTheNextTaskThatMeetsItsValue() throws Exception {
        tables.table(route, "click");
        fake.made().remove(CLICK);
        assertThat(tables().table(route, "click")).isEqualTo(CLICK);
        assertThat(made(CLICK).properties()).isEqualTo(Map.of("firn.by", "click"));
    }

    @Test
    void noValueLeadsToATableOfOurOwn() {
        refused(
                RejectCode.TABLE_NAME_TAKEN,
                "`FIRN_LEDGER` leads to `events.FIRN_LEDGER`, which another route names or Firn itself needs",
                () -> tables.table(route, "FIRN_LEDGER"));
    }

    @Test
    void nothingAndTooMuchNameNoTable() {
        refused(RejectCode.UNROUTED, "`type` is null, so it names no table", () -> tables.table(route, null));
        refused(RejectCode.UNROUTED, "`type` is empty, so it names no table", () -> tables.table(route, ""));
        refused(
                RejectCode.UNROUTED,
                "`type` makes a table name of 300 bytes, and 128 are the most",
                () -> tables.table(route, "x".repeat(300)));
        assertThat(fake.made()).isEmpty();
    }

    @Test
    void countsTheTablesThatAreThereWhoeverMadeThem() throws Exception {
        TableName foreign = new TableName("events.foreign");
        fake.made().put(foreign, new TableSpec(foreign, SCHEMA, List.of(), new TreeMap<>()));
        TableName ledger = new TableName("events.firn_ledger");
        fake.made().put(ledger, new TableSpec(ledger, SCHEMA, List.of(), new TreeMap<>()));
        tables().table(route, "a");
        tables.table(route, "b");
        refused(
                RejectCode.TOO_MANY_TABLES,
                "`c` would need a table of its own, and `events.$by` has its 3",
                () -> tables.table(route, "c"));
        assertThat(tables.table(route, "a")).isEqualTo(new TableName("events.a"));
    }

    @Test
    void aFloodOfValuesIsNoFloodOfQuestions() throws Exception {
        ValueRoute narrow = route(1);
        tables.table(narrow, "a");
        int before = fake.listings();
        for (int value = 0; value < 5_000; value++) {
            String text = "v" + value;
            refused(
                    RejectCode.TOO_MANY_TABLES,
                    "`" + text + "` would need a table of its own, and `events.$by` has its 1",
                    () -> tables.table(narrow, text));
        }
        assertThat(fake.listings()).isEqualTo(before);

        nanos.addAndGet(ValueTables.LISTED_FOR.toNanos() + 1);
        fake.made().clear();
        assertThat(tables.table(narrow, "v1")).isEqualTo(new TableName("events.v1"));
    }

    @Test
    void aFailureOfTheCatalogIsNoReasonToRefuseARecord() throws Exception {
        OutsideException down = new OutsideException("the catalog is down");
        for (String operation : List.of("list", "create events.click", "table events.click")) {
            fake.faults().once(operation, down);
            assertThatThrownBy(() -> tables().table(route, "click"))
                    .as(operation)
                    .isSameAs(down);
        }
        assertThat(tables().table(route, "click")).isEqualTo(CLICK);
    }
}

package dev.firn.flink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.selector.Selector;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.definition.table.Otherwise;
import dev.firn.definition.table.Write;
import dev.firn.plan.CommitSettings;
import dev.firn.plan.EvolutionSettings;
import dev.firn.plan.KeySettings;
import dev.firn.plan.MadeTables;
import dev.firn.plan.RuleSettings;
import dev.firn.plan.ShapeSettings;
import dev.firn.plan.TableSettings;
import dev.firn.quality.validation.RuledReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.UniqueRows;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PlannedRulesTest {

    private static final TableName NAMED = new TableName("sales.orders");
    private static final TableName CLICK = new TableName("sales.click");
    private static final TableName OTHER = new TableName("other.table");
    private static final TableSchema COLUMNS = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
    private static final RowRule POSITIVE = new RowRule("positive", "id > 0", Otherwise.DROP);

    private static final PlannedRules RULES = new PlannedRules(
            Map.of(NAMED, new RowRules("id > 1", List.of(), COLUMNS), OTHER, RowRules.NONE),
            List.of(new PlannedRules.Made(
                    new MadeTables(
                            new TableTemplate("sales.$by"),
                            List.of(
                                    said("sales.*", new RuleSettings("id > 2", List.of())),
                                    said("*.click", new RuleSettings(null, List.of(POSITIVE))))),
                    COLUMNS)));

    private static TableSettings said(String tables, RuleSettings rules) {
        return new TableSettings(
                Selector.parse(tables),
                null,
                null,
                new TreeMap<>(),
                CommitSettings.NOTHING,
                EvolutionSettings.NOTHING,
                rules,
                KeySettings.NOTHING);
    }

    @Test
    void aTableThatThePlanNamesHasThoseOfThePlan() {
        assertThat(RULES.of(NAMED)).isEqualTo(new RowRules("id > 1", List.of(), COLUMNS));
        assertThat(RULES.of(OTHER).isEmpty()).isTrue();
    }

    @Test
    void aTableThatAValueNamesHasWhatTheFileSaysOfItsName() {
        assertThat(RULES.of(CLICK)).isEqualTo(new RowRules("id > 2", List.of(POSITIVE), COLUMNS));
        assertThat(RULES.of(new TableName("elsewhere.click")).isEmpty()).isTrue();
    }

    @Test
    void columnsByWhichRowsAreTheSameAreNeverNull() {
        UniqueRows unique = new UniqueRows(List.of("id"), "at", Duration.ofHours(1), 1 << 20);
        MadeTables made = new MadeTables(
                new TableTemplate("sales.$by"),
                List.of(new TableSettings(
                        Selector.parse("*"),
                        null,
                        null,
                        new TreeMap<>(),
                        CommitSettings.NOTHING,
                        EvolutionSettings.NOTHING,
                        RuleSettings.NOTHING,
                        new KeySettings(null, null, null, unique))));
        PlannedRules rules = new PlannedRules(Map.of(), List.of(new PlannedRules.Made(made, null)));

        assertThat(rules.isEmpty()).isFalse();
        assertThat(rules.of(CLICK).expect())
                .containsExactly(new RowRule(
                        RowKeys.NOT_NULL, "\"id\" is not null and \"at\" is not null", Otherwise.QUARANTINE));
        PlannedUnique tables = new PlannedUnique(Map.of(), Set.of(NAMED), List.of(made));
        assertThat(tables.isEmpty()).isFalse();
        assertThat(tables.of(CLICK)).contains(unique);
        assertThat(tables.of(NAMED)).isEmpty();
        assertThat(tables.of(OTHER)).isEmpty();
    }

    /** The plan refuses them; a table that came all the same would have its rows judged by whoever has their keys. */
    @Test
    void noTableThatAValueNamesHasBothAKeyAndAnEventTime() {
        RowEventTime late = new RowEventTime("at", Duration.ofHours(1), Otherwise.DROP);
        RuleSettings rules = new RuleSettings(null, List.of(), ShapeSettings.NOTHING, List.of(), late);
        UniqueRows unique = new UniqueRows(List.of("id"), "at", Duration.ofHours(1), 1 << 20);

        assertThat(made(rules, KeySettings.NOTHING).of(CLICK).eventTime()).contains(late);
        assertThatThrownBy(() -> made(rules, new KeySettings(Write.UPSERT, List.of("id"), null))
                        .of(CLICK))
                .hasMessageStartingWith("our bug: a table has `event-time`");
        assertThatThrownBy(() ->
                        made(rules, new KeySettings(null, null, null, unique)).of(CLICK))
                .hasMessageStartingWith("our bug: a table has `event-time`");
    }

    private static PlannedRules made(RuleSettings rules, KeySettings key) {
        TableSettings settings = new TableSettings(
                Selector.parse("*"),
                null,
                null,
                new TreeMap<>(),
                CommitSettings.NOTHING,
                EvolutionSettings.NOTHING,
                rules,
                key);
        MadeTables tables = new MadeTables(new TableTemplate("sales.$by"), List.of(settings));
        return new PlannedRules(Map.of(), List.of(new PlannedRules.Made(tables, null)));
    }

    @Test
    void whatBecomesOfColumnsIsToldWithThoseOfTheRecordsAndOfTheTable() {
        ShapeSettings shape = new ShapeSettings(List.of(), List.of(), List.of(new RowShape.Renamed("id", "order_id")));
        PlannedRules made = new PlannedRules(
                Map.of(),
                List.of(new PlannedRules.Made(
                        new MadeTables(
                                new TableTemplate("sales.$by"),
                                List.of(said("*", new RuleSettings(null, List.of(), shape)))),
                        COLUMNS)));

        assertThat(made.isEmpty()).isFalse();
        assertThat(made.of(CLICK).shape()).isEqualTo(shape.shape(COLUMNS));
        assertThat(made.of(CLICK).columns().columns()).containsExactly(Column.required("order_id", Primitive.LONG));
    }

    @Test
    void theyTravelInTheJob() throws Exception {
        assertThat(InstantiationUtil.clone(RULES)).isEqualTo(RULES);
    }

    @Test
    void aTableWithoutRulesIsReadAsItsStreamIs() {
        FormatReader orders = reader();
        RuledFormats formats = RuledFormats.ofAJob(RULES, raw -> raw, new NewestTimes());

        assertThat(formats.of(OTHER, orders, "orders")).isSameAs(orders);
        assertThat(formats.of(NAMED, orders, "orders"))
                .isInstanceOf(RuledReader.class)
                .isSameAs(formats.of(NAMED, orders, "orders"))
                .isNotSameAs(formats.of(CLICK, orders, "orders"))
                .isNotSameAs(formats.of(NAMED, reader(), "orders"));
        assertThat(RuledFormats.ofAJob(PlannedRules.NONE, raw -> raw, new NewestTimes())
                        .of(NAMED, orders, "orders"))
                .isSameAs(orders);
    }

    private static FormatReader reader() {
        return (FormatReader) Proxy.newProxyInstance(
                PlannedRulesTest.class.getClassLoader(), new Class<?>[] {FormatReader.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> proxy == args[0];
                        default -> "a reader";
                    };
                });
    }
}

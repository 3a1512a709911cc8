package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.selector.Selector;
import dev.firn.definition.table.Decision;
import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventTimeSettingsTest {

    private static final TableSchema ORDERS =
            new TableSchema(List.of(Column.required("placed_at", Primitive.TIMESTAMPTZ)));

    private static RuleSettings said(int days, Otherwise late) {
        return new RuleSettings(
                null,
                List.of(),
                ShapeSettings.NOTHING,
                List.of(),
                new RowEventTime("placed_at", Duration.ofDays(days), late));
    }

    @Test
    void theLastEntryThatSaysItHolds() {
        RuleSettings both = said(1, Otherwise.DROP).over(said(2, Otherwise.FAIL));

        assertThat(both.rules(Optional.of(ORDERS)).eventTime())
                .contains(new RowEventTime("placed_at", Duration.ofDays(1), Otherwise.DROP));
        assertThat(RuleSettings.NOTHING.over(both)).isEqualTo(both);
        assertThat(both.isEmpty()).isFalse();
    }

    @Test
    void aTableWhoseLateRowsAreTaggedHasAColumnForIt() {
        assertThat(said(1, Otherwise.TAG).table(ORDERS).column(RowRules.FAILED_RULES.name()))
                .isPresent();
        assertThat(said(1, Otherwise.QUARANTINE).table(ORDERS)).isEqualTo(ORDERS);
    }

    /** Or nothing would be late from then on, and nobody would hear of it. */
    @Test
    void theColumnDoesNotGoWhileRecordsCome() {
        TableSettings entry = new TableSettings(
                Selector.parse("*"),
                null,
                null,
                new TreeMap<>(),
                CommitSettings.NOTHING,
                EvolutionSettings.NOTHING,
                said(1, Otherwise.DROP),
                KeySettings.NOTHING);
        var policy = TableSettings.effective(List.of(entry), new TableName("sales.orders"))
                .evolution();

        assertThat(policy.of(new SchemaChange.RenameColumn("ordered_at", "placed_at")))
                .isEqualTo(Decision.QUARANTINE);
        assertThat(policy.of(new SchemaChange.RenameColumn("client", "cust"))).isEqualTo(Decision.APPLY);
    }
}

package dev.firn.plan;

import dev.firn.definition.selector.TableTemplate;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * Tables that come to exist while the job runs: one for each value of a column.
 *
 * @param column at the top of the record
 * @param maxTables how many tables of the template there may be, whoever made them
 * @param streams what is routed to them, as {@code source/stream}, sorted
 * @param schema the columns of its streams' latest schema; empty in an offline plan
 * @param settings every entry of {@code tables:}, in the file's order: which of them select a table shows when it is named
 * @param there the tables that are there already, sorted; empty where nobody asked
 */
public record TablesByValuePlan(
        TableTemplate template,
        String column,
        int maxTables,
        List<String> streams,
        Optional<TableSchema> schema,
        List<TableSettings> settings,
        Optional<List<TableName>> there) {

    public TablesByValuePlan {
        streams = List.copyOf(streams);
        settings = List.copyOf(settings);
        there = there.map(List::copyOf);
    }

    /** What the file says of a table of some value that it does not name. */
    public TableSettings.Effective usual() {
        return TableSettings.effective(settings, new TableName(template.sample()));
    }
}

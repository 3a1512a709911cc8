package dev.firn.flink.write;

import dev.firn.definition.selector.TableTemplate;
import dev.firn.plan.TableSettings;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * A route to one table for each value of a column.
 *
 * @param column at the top of the record
 * @param maxTables how many tables the template may have in the catalog, whoever made them
 * @param schema of the records that come this way; tables have these columns unless the file makes others of them
 * @param settings what the file says of tables, in its order
 */
public record ValueRoute(
        TableTemplate template, String column, int maxTables, TableSchema schema, List<TableSettings> settings)
        implements Serializable {

    /** The table property that says whose table it is; set when it is made, so the catalog decides who was first. */
    static final String VALUE_PROPERTY = "firn.by";

    public ValueRoute {
        settings = List.copyOf(settings);
    }

    /** The table to make for one value. */
    TableSpec spec(TableName name, String value) {
        TableSettings.Effective effective = TableSettings.effective(settings, name);
        TreeMap<String, String> properties = new TreeMap<>(effective.properties());
        properties.put(VALUE_PROPERTY, value);
        return new TableSpec(
                name, effective.rules().table(schema), effective.partitioning(), effective.sortOrder(), properties);
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that a subtask writes to, looked at again from time to time: while a table has open files its schema stays,
 * so that all rows of an epoch are alike.
 */
final class TargetTables {

    private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);

    private final LakeTables tables;
    private final String pipeline;
    private final WriterSettings settings;
    private final Duration freshFor;
    private final Consumer<TableName> onNewSchema;
    private final Map<TableName, Loaded> loaded = new HashMap<>();

    /** @param onNewSchema told when a table was found with another schema than before */
    TargetTables(
            LakeTables tables,
            String pipeline,
            WriterSettings settings,
            Duration freshFor,
            Consumer<TableName> onNewSchema) {
        this.tables = tables;
        this.pipeline = pipeline;
        this.settings = settings;
        this.freshFor = freshFor;
        this.onNewSchema = onNewSchema;
    }

    /** The table as it is now, or was a short while ago. */
    TargetTable current(TableName name) {
        Loaded known = loaded.get(name);
        if (known == null) {
            return load(name);
        }
        if (System.nanoTime() - known.nanoTime() < freshFor.toNanos()) {
            return known.table();
        }
        try {
            TargetTable now = load(name);
            if (!now.hasSchemaOf(known.table())) {
                onNewSchema.accept(name);
            }
            return now;
        } catch (OutsideException e) {
            // A catalog that is away for a while stops commits, not writers.
            LOG.warn("Table {} is written as it was when it was last looked at: {}", name, e.getMessage());
            loaded.put(name, new Loaded(known.table(), System.nanoTime()));
            return known.table();
        }
    }

    private TargetTable load(TableName name) {
        TargetTable table = new TargetTable(name, tables.load(name), pipeline, settings);
        loaded.put(name, new Loaded(table, System.nanoTime()));
        return table;
    }

    private record Loaded(TargetTable table, long nanoTime) {}
}

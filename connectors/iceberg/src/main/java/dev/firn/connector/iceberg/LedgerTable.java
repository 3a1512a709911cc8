package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.LakeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;

/**
 * The ledger's columns, a row an epoch, so that Spark and Trino can read what was read, counted and staged. What is said of
 * splits is said in blocks: neighbouring partitions of one stream share a line, and their figures are lists.
 */
final class LedgerTable {

    /**
     * Of the columns below; 1 had a line for each split, with all its words, and every position in every row; 2 had no
     * rewinds; 3 had no schemas; 4 had no last records.
     */
    static final int VERSION = 5;

    /** Null where a row says nothing of schemas, so that files of such rows are passed over. */
    static final String SCHEMAS = "schemas";

    static final String VERSION_PROPERTY = "firn.ledger-version";

    /** One row of so many has all positions; those between only what has changed. Part of the version. */
    static final int BASE_EVERY = 20;

    private static final List<String> COLUMNS_OF_VERSION_1 = List.of("positions", "progress", "outcomes");

    private static final List<Column> BLOCK = List.of(
            Column.required("source", Primitive.STRING),
            Column.required("stream", Primitive.STRING),
            Column.required("incarnation", Primitive.STRING),
            Column.required("first_partition", Primitive.INT));

    private static final ColumnType NUMBERS = new ColumnType.ListOf(Primitive.LONG, Nullability.REQUIRED);

    static final ColumnType.Struct POSITIONS = struct(
            BLOCK,
            List.of(
                    Column.required("position", NUMBERS),
                    Column.optional("behind_last", NUMBERS),
                    Column.optional("term", NUMBERS)));

    static final ColumnType.Struct READ = struct(
            BLOCK,
            List.of(
                    Column.optional("from_position", NUMBERS),
                    Column.required("read", NUMBERS),
                    Column.required("skipped", NUMBERS),
                    Column.optional("behind_last", NUMBERS),
                    Column.optional("term", NUMBERS)));

    static final ColumnType.Struct OUTCOMES = struct(
            BLOCK,
            List.of(
                    Column.required("outcome", Primitive.STRING),
                    Column.required("table_name", Primitive.STRING),
                    Column.required("reason", Primitive.STRING),
                    Column.required("records", NUMBERS)));

    static final ColumnType.Struct STAGED = struct(
            List.of(),
            List.of(
                    Column.required("table_name", Primitive.STRING),
                    Column.required("incarnation", Primitive.STRING),
                    Column.required("pointer", Primitive.BINARY),
                    Column.required("files", Primitive.INT),
                    Column.required("records", Primitive.LONG),
                    Column.required("bytes", Primitive.LONG)));

    static final ColumnType.Struct USED = struct(
            List.of(),
            List.of(
                    Column.required("origin", Primitive.STRING),
                    Column.required("id", Primitive.INT),
                    Column.required("definition", Primitive.STRING)));

    static final ColumnType.Struct PLANNED = struct(
            List.of(),
            List.of(
                    Column.required("origin", Primitive.STRING),
                    Column.required("source", Primitive.STRING),
                    Column.required("stream", Primitive.STRING),
                    Column.required("run", Primitive.LONG),
                    Column.required("value_definition", Primitive.STRING),
                    Column.required("key_definition", Primitive.STRING)));

    /**
     * {@code epoch}, {@code run}, {@code plan_hash}, {@code checkpoint} as in {@link Epoch}; {@code first_epoch} only where
     * old epochs were added up, the first of them; {@code written_at} when; {@code settled_through} the last epoch that was
     * known to be in all its tables, with all before it; {@code rewound_to} only where the row is a rewind, the last epoch
     * before it that still counts; {@code position_blocks} where each split goes on that was ever
     * read, moved or not, in every so many rows; {@code read_blocks} the splits that moved: {@code read} records,
     * {@code skipped} positions without one, and {@code from_position} only where that is not where the ledger ended; in both, of
     * the last record that was read, where it is known, the {@code term} of the leader that it was written under, and how many
     * positions were passed {@code behind_last};
     * {@code outcome_blocks} what became of the records; {@code staged} the manifests for the tables, whose pointers are
     * empty once they are in them; {@code schemas} how many the two columns behind it have, where they have any:
     * {@code used_schemas} that records were read with for the first time, {@code planned_schemas} the newest of streams, where
     * the run's plan found others than the ledger knew.
     */
    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("epoch", Primitive.LONG),
            Column.optional("first_epoch", Primitive.LONG),
            Column.required("run", Primitive.LONG),
            Column.required("plan_hash", Primitive.STRING),
            Column.required("checkpoint", Primitive.LONG),
            Column.required("written_at", Primitive.TIMESTAMPTZ),
            Column.required("settled_through", Primitive.LONG),
            Column.optional("rewound_to", Primitive.LONG),
            listOf("position_blocks", POSITIONS),
            listOf("read_blocks", READ),
            listOf("outcome_blocks", OUTCOMES),
            Column.required("staged", new ColumnType.ListOf(STAGED, Nullability.REQUIRED)),
            Column.optional(SCHEMAS, Primitive.INT),
            listOf("used_schemas", USED),
            listOf("planned_schemas", PLANNED)));

    private LedgerTable() {}

    static TableSpec spec(LakeNames names) {
        SortedMap<String, String> properties = properties();
        properties.put(LedgerMarks.PIPELINE, names.pipeline());
        return new TableSpec(names.ledger(), COLUMNS, List.of(), properties);
    }

    /** Figures of columns that nobody looks rows up by would be longer than the rows. */
    private static SortedMap<String, String> properties() {
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put(VERSION_PROPERTY, Integer.toString(VERSION));
        properties.put(TableProperties.DEFAULT_WRITE_METRICS_MODE, "none");
        properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + "epoch", "full");
        properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + "written_at", "full");
        properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + SCHEMAS, "counts");
        properties.put(TableProperties.MANIFEST_MIN_MERGE_COUNT, "20");
        properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(8 << 20));
        properties.put(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, "10");
        return properties;
    }

    /** Makes room for rows as they are now in a ledger that an older Firn has made; its rows stay as they are. */
    static void upgrade(Transaction transaction) {
        UpdateSchema schema = transaction.updateSchema().unionByNameWith(IcebergTypes.schema(COLUMNS));
        Schema before = transaction.table().schema();
        COLUMNS_OF_VERSION_1.stream()
                .filter(column -> before.findField(column) != null)
                .forEach(schema::makeColumnOptional);
        schema.commit();
        UpdateProperties update = transaction.updateProperties();
        properties().forEach(update::set);
        update.commit();
    }

    private static Column listOf(String name, ColumnType.Struct element) {
        return Column.optional(name, new ColumnType.ListOf(element, Nullability.REQUIRED));
    }

    private static ColumnType.Struct struct(List<Column> first, List<Column> then) {
        List<Column> columns = new ArrayList<>(first);
        columns.addAll(then);
        return new ColumnType.Struct(columns);
    }
}

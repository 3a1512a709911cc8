package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The ledger's columns, a row an epoch, so that Spark and Trino can read what was read, counted and staged. */
final class LedgerTable {

    private static final List<Column> SPLIT = List.of(
            Column.required("source", Primitive.STRING),
            Column.required("stream", Primitive.STRING),
            Column.required("partition", Primitive.INT),
            Column.required("incarnation", Primitive.STRING));

    static final ColumnType.Struct POSITION = struct(SPLIT, List.of(Column.required("position", Primitive.LONG)));

    static final ColumnType.Struct PROGRESS = struct(
            SPLIT,
            List.of(
                    Column.required("from_position", Primitive.LONG),
                    Column.required("to_position", Primitive.LONG),
                    Column.required("read", Primitive.LONG)));

    static final ColumnType.Struct OUTCOME = struct(
            SPLIT,
            List.of(
                    Column.required("outcome", Primitive.STRING),
                    Column.required("table_name", Primitive.STRING),
                    Column.required("reason", Primitive.STRING),
                    Column.required("records", Primitive.LONG)));

    static final ColumnType.Struct STAGED = struct(
            List.of(),
            List.of(
                    Column.required("table_name", Primitive.STRING),
                    Column.required("incarnation", Primitive.STRING),
                    Column.required("pointer", Primitive.BINARY),
                    Column.required("files", Primitive.INT),
                    Column.required("records", Primitive.LONG),
                    Column.required("bytes", Primitive.LONG)));

    /**
     * {@code epoch}, {@code run}, {@code plan_hash}, {@code checkpoint} as in {@link Epoch}; {@code written_at} when;
     * {@code settled_through} the last epoch that was known to be in all its tables, with all before it;
     * {@code positions} where each split goes on that was ever read, moved or not; {@code progress} how far the splits
     * were read in this epoch; {@code outcomes} what became of the records; {@code staged} the manifests for the tables.
     */
    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("epoch", Primitive.LONG),
            Column.required("run", Primitive.LONG),
            Column.required("plan_hash", Primitive.STRING),
            Column.required("checkpoint", Primitive.LONG),
            Column.required("written_at", Primitive.TIMESTAMPTZ),
            Column.required("settled_through", Primitive.LONG),
            listOf("positions", POSITION),
            listOf("progress", PROGRESS),
            listOf("outcomes", OUTCOME),
            listOf("staged", STAGED)));

    private LedgerTable() {}

    static TableSpec spec(TableName name) {
        return new TableSpec(name, COLUMNS, List.of(), new TreeMap<>());
    }

    private static Column listOf(String name, ColumnType.Struct element) {
        return Column.required(name, new ColumnType.ListOf(element, Nullability.REQUIRED));
    }

    private static ColumnType.Struct struct(List<Column> first, List<Column> then) {
        List<Column> columns = new ArrayList<>(first);
        columns.addAll(then);
        return new ColumnType.Struct(columns);
    }
}

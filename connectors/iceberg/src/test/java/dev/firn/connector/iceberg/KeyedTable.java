package dev.firn.connector.iceberg;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** A table of customers, whose id tells its rows apart, as tests write and read it. */
final class KeyedTable {

    static final TableName NAME = new TableName("sales.customers");

    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("id", Primitive.INT),
            Column.required("name", Primitive.STRING),
            Column.optional("country", Primitive.STRING)));

    private KeyedTable() {}

    /** A customer, as a record brings it. */
    record Customer(int id, String name, String country) {

        static Customer of(int id, String name) {
            return new Customer(id, name, "de");
        }
    }

    static TableWriters writers(Lake lake, int subtask) {
        return lake.writers(
                new WriterSettings(1, subtask, 0, 1, 1, table -> table.equals(NAME) ? List.of("id") : List.of()),
                Optional.of(ByNames.applyingAll()));
    }

    static ListedRows rows(Customer... customers) {
        return new ListedRows(
                List.of("id", "name", "country"),
                Stream.of(customers)
                        .map(customer -> new Fields(customer.id(), customer.name(), customer.country()))
                        .toList());
    }

    static void write(TableWriters writers, Customer... customers) {
        ListedRows rows = rows(customers);
        if (TestLake.write(writers, NAME, rows, ListedRows.SCHEMA_ID, rows.records()).stream()
                .anyMatch(Optional::isPresent)) {
            throw new AssertionError("rejected");
        }
    }

    /** What records without a value do, by keys. */
    static void delete(TableWriters writers, int... ids) {
        ListedRows keys = keys(ids);
        if (writers.delete(NAME, keys, keys.records()).stream().anyMatch(Optional::isPresent)) {
            throw new AssertionError("rejected");
        }
    }

    static ListedRows keys(@Nullable Integer... ids) {
        return new ListedRows(List.of("id"), Stream.of(ids).map(Fields::new).toList());
    }

    private static ListedRows keys(int... ids) {
        return keys(IntStream.of(ids).boxed().toArray(Integer[]::new));
    }

    static List<StagedFiles> stage(TableWriters writers, Customer... customers) {
        write(writers, customers);
        return writers.stage();
    }

    /** The name of each customer; of one who has several rows, all of them. */
    static Map<Integer, String> names(TestLake lake) {
        Map<Integer, String> names = new TreeMap<>();
        lake.rows(NAME)
                .forEach(row -> names.merge(
                        ((Number) row.getField("id")).intValue(),
                        String.valueOf(row.getField("name")),
                        (one, other) -> one + " and " + other));
        return names;
    }

    /** How many rows are in data files, whatever deletes say of them. */
    static long rowsInFiles(TestLake lake) {
        try (CloseableIterable<FileScanTask> files = lake.table(NAME).newScan().planFiles()) {
            long rows = 0;
            for (FileScanTask file : files) {
                rows += file.file().recordCount();
            }
            return rows;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;

/** Columns at the top of a table that are of interest by themselves: a record is decoded as far as they go, and no further. */
final class SomeColumns {

    private final TableName table;
    private final Schema schema;
    private final FileFormat format;
    private final TableSchema columns;
    private final RowFactory rows;

    /** @param names of columns of the table, which keep its order */
    SomeColumns(TableName table, Schema all, Set<String> names, FileFormat format) {
        this.table = table;
        this.schema = all.select(names);
        this.format = format;
        this.columns = IcebergTypes.columns(table.full(), schema);
        this.rows = new RowFactory(columns, schema, format);
    }

    Schema schema() {
        return schema;
    }

    TableSchema columns() {
        return columns;
    }

    RowFactory rows() {
        return rows;
    }

    /** The same as a writer names them. */
    TableView view(WriterSchema writer, BoundFields fields) {
        return TableView.of(table, schema, format, writer, fields);
    }
}

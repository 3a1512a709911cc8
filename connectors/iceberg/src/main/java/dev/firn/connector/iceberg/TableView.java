package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;

/** A table as the writer of a schema names it, and its rows, which are the table's own: a view changes no place. */
record TableView(WriterView view, RowFactory rows) {

    /** @param schema of the table, or of some of its columns */
    static TableView of(TableName table, Schema schema, FileFormat format, WriterSchema writer, BoundFields fields) {
        TableSchema columns = IcebergTypes.columns(table.full(), schema);
        WriterView view = WriterView.of(columns, writer, fields.columns());
        return new TableView(view, new RowFactory(view.columns(), schema, format));
    }
}

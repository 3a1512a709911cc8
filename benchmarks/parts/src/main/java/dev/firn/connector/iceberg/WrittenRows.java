package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.TableSchema;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;

/**
 * The rows that the sink writes to a new Parquet table.
 *
 * @param schema the table's, as Iceberg has it
 * @param factory what the sink gives its decoders
 */
public record WrittenRows(Schema schema, StructFactory factory) {

    public static WrittenRows of(TableSchema columns) {
        Schema schema = IcebergTypes.schema(columns);
        return new WrittenRows(schema, new RowFactory(columns, schema, FileFormat.PARQUET));
    }
}

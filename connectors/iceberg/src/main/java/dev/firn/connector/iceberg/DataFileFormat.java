package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.TableProperties;

/** The format of a table's data files. */
final class DataFileFormat {

    /** ORC needs libraries that Firn does not bring. */
    private static final Set<String> WRITABLE = Set.of("parquet", "avro");

    private DataFileFormat() {}

    static FileFormat of(TableName table, Map<String, String> properties) {
        String format = properties.getOrDefault(
                TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT);
        if (!WRITABLE.contains(format.toLowerCase(Locale.ROOT))) {
            throw new OutsideException("table `" + table + "` has `" + TableProperties.DEFAULT_FILE_FORMAT + "` `"
                    + format + "`, and Firn writes `parquet` and `avro`");
        }
        return FileFormat.fromString(format);
    }
}

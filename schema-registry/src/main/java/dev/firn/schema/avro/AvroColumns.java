package dev.firn.schema.avro;

import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * An Avro schema as a table, or everything that keeps it from being one.
 *
 * @param table there exactly if nothing is unmappable
 */
public record AvroColumns(Optional<TableSchema> table, List<Unmappable> unmappable) {

    public AvroColumns {
        unmappable = List.copyOf(unmappable);
    }

    public static AvroColumns of(Schema schema) {
        return new ColumnMapping().table(schema);
    }
}

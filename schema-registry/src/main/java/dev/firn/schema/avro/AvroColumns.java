package dev.firn.schema.avro;

import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * An Avro schema as a table, or everything that keeps it from being one.
 *
 * @param table there exactly if nothing is unmappable
 * @param jsonFields those of the rules that the schema has
 */
public record AvroColumns(Optional<TableSchema> table, List<Unmappable> unmappable, Set<String> jsonFields) {

    public AvroColumns {
        unmappable = List.copyOf(unmappable);
        jsonFields = Set.copyOf(jsonFields);
    }

    public static AvroColumns of(Schema schema, AvroRules rules) {
        return new ColumnMapping(rules).table(schema);
    }

    /** The columns of the rows in Debezium's envelope. */
    public static AvroColumns ofChanges(Schema envelope, AvroRules rules) throws NotAnEnvelope {
        return of(FramedContents.CHANGE.row(envelope), rules);
    }
}

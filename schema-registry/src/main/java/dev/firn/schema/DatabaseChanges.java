package dev.firn.schema;

import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.schema.avro.ConfluentAvroKeys;
import dev.firn.schema.avro.NotAnEnvelope;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.row.KeyFormat;
import dev.firn.schema.row.RowFormat;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.source.RecordKey;
import dev.firn.spi.source.StreamDefinition;
import dev.firn.spi.source.StreamSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of databases and their changes, in Debezium's envelope and the Confluent frame, as {@code debezium-avro} has them in Kafka. No
 * registry has their schemas: whoever reads the database makes them, and puts them into {@link #memory} before a record leaves it.
 */
public final class DatabaseChanges {

    private DatabaseChanges() {}

    /** Where the schemas of a source's records are put; to be given back. */
    public static SchemaMemory memory(ShelfName shelf) {
        return SchemaSource.told(shelf).leaseAlone();
    }

    /** @param schemas of each stream's newest records, by the stream's name; each with that of its keys */
    public static RecordFormat format(ShelfName shelf, Map<String, StreamDefinition> schemas) {
        SchemaSource source = SchemaSource.told(shelf);
        Map<String, String> envelopes = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        Map<String, Map<String, Column>> fields = new HashMap<>();
        schemas.forEach((stream, definition) -> {
            envelopes.put(stream, definition.value());
            String key = AvroKey.withoutDefaults(keyOf(definition));
            keys.put(stream, key);
            fields.put(stream, AvroKey.fields(key, "", ""));
        });
        KeyFormat deletes = new KeyFormat.Framed(
                new ConfluentAvroKeys(ConfluentAvroFormat.ofChanges(source, keys, AvroRules.STRICT)), fields);
        return RowFormat.of(
                ConfluentAvroFormat.ofChanges(source, envelopes, AvroRules.STRICT),
                Optional.empty(),
                List.of(),
                Optional.of(deletes));
    }

    /**
     * What tables of such records have.
     *
     * @param definition of the envelope and of its key, which is a record
     */
    public static StreamSchema describe(StreamDefinition definition) {
        List<RecordKey.Field> fields = new ArrayList<>();
        AvroKey.fields(keyOf(definition), "", "")
                .forEach((name, column) -> fields.add(new RecordKey.Field(column, Optional.of(name))));
        try {
            AvroColumns columns = AvroColumns.ofChanges(AvroSchemas.parse(definition.value()), AvroRules.STRICT);
            return new StreamSchema(
                    columns.table()
                            .orElseThrow(() -> new IllegalStateException(
                                    "our bug: the schema of a database's table is no table: " + columns.unmappable())),
                    definition,
                    Optional.of(new RecordKey(fields, RecordKey.Deletes.CHANGES)));
        } catch (AvroSchemas.NotAvro | NotAnEnvelope e) {
            throw new IllegalStateException("our bug: the schema of a database's table can't be read", e);
        }
    }

    private static String keyOf(StreamDefinition definition) {
        return definition
                .key()
                .orElseThrow(
                        () -> new IllegalStateException("our bug: rows of a database without the schema of a key"));
    }
}

package dev.firn.schema.avro;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;

/**
 * Avro in the Confluent frame, its schemas in a registry.
 *
 * @param contents what is behind each frame
 * @param schemas the reader's schema of each stream as JSON text, by the stream's name; the records of others are read with
 *     their writer's schema alone
 */
public record ConfluentAvroFormat(
        SchemaSource source, Map<String, String> schemas, AvroRules rules, FramedContents contents)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public ConfluentAvroFormat {
        schemas = Map.copyOf(schemas);
    }

    /** Of records that are rows. */
    public ConfluentAvroFormat(SchemaSource source, Map<String, String> schemas, AvroRules rules) {
        this(source, schemas, rules, FramedContents.ROW);
    }

    /** Of rows in Debezium's envelope; the schemas are those of the envelopes. */
    public static ConfluentAvroFormat ofChanges(SchemaSource source, Map<String, String> schemas, AvroRules rules) {
        return new ConfluentAvroFormat(source, schemas, rules, FramedContents.CHANGE);
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return new ConfluentAvroReader(source.lease(references), schemas, rules, contents, source.subjects());
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return source.lease(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return source.leaseAlone();
    }

    @Override
    public FramedParts framed() {
        return FramedParts.VALUE;
    }
}

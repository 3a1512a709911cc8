package dev.firn.schema.json;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.avro.AvroReading;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.WrittenAvro;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Avro in its JSON encoding, its schemas in a registry or in the plan.
 *
 * @param registry null where records have no frame
 * @param schemas of each stream, by the stream's name: the newest, or where records have no frame the one that they are written with
 */
public record AvroJsonFormat(@Nullable SchemaSource registry, Map<String, String> schemas, AvroRules rules)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public AvroJsonFormat {
        schemas = Map.copyOf(schemas);
    }

    /** Values name their schemas. */
    public static AvroJsonFormat framed(SchemaSource registry, Map<String, String> schemas, AvroRules rules) {
        return new AvroJsonFormat(registry, schemas, rules);
    }

    /** The plan has the schemas. */
    public static AvroJsonFormat plain(Map<String, String> schemas, AvroRules rules) {
        return new AvroJsonFormat(null, schemas, rules);
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return registry == null
                ? new PlainJsonReader(schemas, this::decoders)
                : new FramedAvroJsonReader(registry.lease(references), schemas, rules, registry.subjects());
    }

    private RecordDecoders decoders(String definition) {
        Schema schema = planned(definition);
        return new AvroJsonDecoders(schema, new WrittenAvro(schema, new AvroReading(null, rules)), 0);
    }

    /** A schema that the plan has read already. */
    static Schema planned(String definition) {
        try {
            return AvroSchemas.parse(definition);
        } catch (AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: a plan has a schema that is not valid Avro", e);
        }
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return registry == null ? SchemaMemory.NONE : registry.lease(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return registry == null ? SchemaMemory.NONE : registry.leaseAlone();
    }

    @Override
    public FramedParts framed() {
        return FramedParts.of(false, registry != null);
    }
}

package dev.firn.schema.protobuf;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;

/** Protobuf in the Confluent frame, its schemas in a registry. */
public record ProtobufFormat(SchemaSource source, AvroRules rules) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public FormatReader open(ReferenceResolver references) {
        return new ProtobufReader(source.lease(references), rules, source.subjects());
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

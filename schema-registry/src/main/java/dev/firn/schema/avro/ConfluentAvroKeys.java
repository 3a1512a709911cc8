package dev.firn.schema.avro;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;

/** Keys that are Avro in the Confluent frame, for a reader that is shown them as values. */
public record ConfluentAvroKeys(ConfluentAvroFormat format) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return format.memory(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return format.memoryAlone();
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return ConfluentAvroReader.ofKeys(
                format.source().lease(references), format.schemas(), format.rules(), contents());
    }

    private FramedContents contents() {
        return format.contents() == FramedContents.CHANGE ? FramedContents.KEY_OF_CHANGE : FramedContents.KEY;
    }
}

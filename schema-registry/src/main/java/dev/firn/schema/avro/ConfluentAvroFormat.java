package dev.firn.schema.avro;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryUrl;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;

/** Avro in the Confluent frame, its schemas in a registry. */
public record ConfluentAvroFormat(Text registry) implements RecordFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public FormatReader open(ReferenceResolver references) {
        RegistryUrl url = RegistryUrl.of(registry, references);
        return new ConfluentAvroReader(new RegistryClient(url, Patience.atRunTime()));
    }
}

package dev.firn.schema.avro;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.OutagePolicy;
import dev.firn.schema.registry.Patience;
import dev.firn.schema.registry.RegistryAccess;
import dev.firn.schema.registry.RegistryClient;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.registry.SchemaShelf;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;

/**
 * Avro in the Confluent frame, its schemas in a registry.
 *
 * @param shelf what its readers, wherever they run, share in a process
 * @param schemas the reader's schema of each stream as JSON text, by the stream's name; the records of others are read with
 *     their writer's schema alone
 */
public record ConfluentAvroFormat(
        RegistryAccess registry, OutagePolicy outage, ShelfName shelf, Map<String, String> schemas, AvroRules rules)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public ConfluentAvroFormat {
        schemas = Map.copyOf(schemas);
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return new ConfluentAvroReader(lease(references), schemas, rules);
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return lease(references);
    }

    /** What a source looks at before it lets a record go. */
    public SchemaGate gate(ReferenceResolver references) {
        return new ConfluentGate(lease(references), ConfluentGate.Parts.VALUE);
    }

    /** The same where keys are read too. */
    public SchemaGate gateOfKeysToo(ReferenceResolver references) {
        return new ConfluentGate(lease(references), ConfluentGate.Parts.KEY_AND_VALUE);
    }

    /** The same where keys alone are. */
    public SchemaGate gateOfKeys(ReferenceResolver references) {
        return new ConfluentGate(lease(references), ConfluentGate.Parts.KEY);
    }

    SchemaShelf.Lease lease(ReferenceResolver references) {
        return SchemaShelf.lease(
                shelf,
                registry,
                outage,
                () -> new RegistryClient(RegistryServers.of(registry, references), Patience.atRunTime()));
    }
}

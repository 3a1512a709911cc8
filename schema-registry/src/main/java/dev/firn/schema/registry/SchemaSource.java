package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Where the schemas of a source's records come from, as it travels in a job.
 *
 * @param subjects that the schemas of values are likely to be under
 * @param shelf what all that need them in a process share
 */
public record SchemaSource(RegistryAccess registry, SubjectNames subjects, OutagePolicy outage, ShelfName shelf)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Of records whose schemas no registry has: the source itself puts them on the shelf. */
    public static SchemaSource told(ShelfName shelf) {
        return new SchemaSource(
                RegistryAccess.NOBODY,
                new SubjectNames(SubjectNames.TOPIC, Map.of()),
                new OutagePolicy(Duration.ZERO, OutagePolicy.Then.FAIL),
                shelf);
    }

    /** A hold on the shelf, to be given back. */
    public SchemaShelf.Lease lease(ReferenceResolver references) {
        return SchemaShelf.lease(
                shelf,
                registry,
                outage,
                () -> registry.isNobody()
                        ? RegistryClient.ofNobody()
                        : new RegistryClient(RegistryServers.of(registry, references), Patience.atRunTime()));
    }

    /** The same where no registry is asked: as long as it is held, whoever leases the shelf finds what was put there, and nothing else. */
    public SchemaShelf.Lease leaseAlone() {
        return SchemaShelf.lease(shelf, registry, outage, RegistryClient::ofNobody);
    }
}

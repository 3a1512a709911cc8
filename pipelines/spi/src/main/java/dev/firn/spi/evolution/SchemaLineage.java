package dev.firn.spi.evolution;

import java.io.Serializable;
import java.util.List;

/**
 * A writer's schema among the versions of its subject. A field is the same from one version to the next where it has the same
 * name, or says that it had that name before; so which column it belongs to can be followed through versions that nobody
 * has written with.
 *
 * @param versions oldest first; the schema alone where no registry says its subject's
 * @param own the place of the schema in them
 */
public record SchemaLineage(List<WriterSchema> versions, int own) implements Serializable {

    public SchemaLineage {
        versions = List.copyOf(versions);
        if (own < 0 || own >= versions.size()) {
            throw new IllegalArgumentException("our bug: version " + own + " of " + versions.size());
        }
    }

    /** A schema of which no other version is known. */
    public static SchemaLineage of(WriterSchema alone) {
        return new SchemaLineage(List.of(alone), 0);
    }

    public WriterSchema schema() {
        return versions.get(own);
    }
}

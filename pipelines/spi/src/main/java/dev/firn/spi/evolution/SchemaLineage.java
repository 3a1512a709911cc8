package dev.firn.spi.evolution;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A writer's schema among the versions of its subject. A field is the same from one version to the next where it has the same
 * name, or says that it had that name before; so which column it belongs to can be followed through versions that nobody
 * has written with.
 *
 * @param versions oldest first; the schema alone where no registry says its subject's
 * @param own the place of the schema in them
 * @param deleted the places of those that somebody has deleted in the registry
 */
public record SchemaLineage(List<WriterSchema> versions, int own, Set<Integer> deleted) implements Serializable {

    public SchemaLineage {
        versions = List.copyOf(versions);
        deleted = Set.copyOf(deleted);
        if (own < 0 || own >= versions.size()) {
            throw new IllegalArgumentException("our bug: version " + own + " of " + versions.size());
        }
    }

    /** Of versions that all stand. */
    public SchemaLineage(List<WriterSchema> versions, int own) {
        this(versions, own, Set.of());
    }

    /** A schema of which no other version is known. */
    public static SchemaLineage of(WriterSchema alone) {
        return new SchemaLineage(List.of(alone), 0);
    }

    /**
     * Without what was registered by mistake and deleted before anybody wrote with it.
     *
     * @param written the fingerprints of versions that rows were written with; these count, and so does the schema itself
     */
    public SchemaLineage withoutMistakes(Set<String> written) {
        List<WriterSchema> counting = new ArrayList<>();
        Set<Integer> gone = new HashSet<>();
        int place = 0;
        for (int version = 0; version < versions.size(); version++) {
            WriterSchema schema = versions.get(version);
            boolean isDeleted = deleted.contains(version);
            if (version == own) {
                place = counting.size();
            } else if (isDeleted && !written.contains(schema.fingerprint())) {
                continue;
            }
            if (isDeleted) {
                gone.add(counting.size());
            }
            counting.add(schema);
        }
        return new SchemaLineage(counting, place, gone);
    }

    public WriterSchema schema() {
        return versions.get(own);
    }
}

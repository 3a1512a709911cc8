package dev.firn.schema.folder;

import dev.firn.spi.source.Registration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A schema in the folder.
 *
 * @param file its name there
 * @param uses who reads it; none where nobody does any more
 */
public record PulledSchema(Registration registration, String file, SortedSet<SchemaUse> uses) {

    public PulledSchema {
        uses = Collections.unmodifiableSortedSet(new TreeSet<>(uses));
    }

    PulledSchema readBy(SortedSet<SchemaUse> others) {
        return new PulledSchema(registration, file, others);
    }

    /** What stays the same from version to version. */
    SubjectKey key() {
        return new SubjectKey(registration.registry(), registration.subject());
    }

    record SubjectKey(String registry, String subject) {}
}

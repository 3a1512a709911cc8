package dev.firn.spi.evolution;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A writer's schema among the versions of its subject. A field is the same from one version to the next where it has the same
 * name, or says that it had that name before; so which column it belongs to can be followed through versions that nobody
 * has written with.
 *
 * @param versions oldest first; the schema alone where no registry says its subject's
 * @param own the place of the schema in them
 * @param deleted the places of those that somebody has deleted in the registry
 * @param subject what the registry calls them
 */
public record SchemaLineage(List<WriterSchema> versions, int own, Set<Integer> deleted, Subject subject)
        implements Serializable {

    /**
     * A subject, for people.
     *
     * @param name empty where it is not known
     * @param numbers of its versions, by their fingerprints, as far as they are known
     */
    public record Subject(String name, SortedMap<String, Integer> numbers) implements Serializable {

        public static final Subject UNKNOWN = new Subject("", new TreeMap<>());

        public Subject {
            numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }

    public SchemaLineage {
        versions = List.copyOf(versions);
        deleted = Set.copyOf(deleted);
        if (own < 0 || own >= versions.size()) {
            throw new IllegalArgumentException("our bug: version " + own + " of " + versions.size());
        }
    }

    /** Of versions that all stand. */
    public SchemaLineage(List<WriterSchema> versions, int own) {
        this(versions, own, Set.of(), Subject.UNKNOWN);
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
        return new SchemaLineage(counting, place, gone, subject);
    }

    /**
     * The same where some versions count as deleted, too.
     *
     * @param fingerprints of theirs; the schema itself stays
     */
    public SchemaLineage without(Set<String> fingerprints) {
        Set<Integer> gone = new HashSet<>(deleted);
        for (int version = 0; version < versions.size(); version++) {
            if (fingerprints.contains(versions.get(version).fingerprint())) {
                gone.add(version);
            }
        }
        return new SchemaLineage(versions, own, gone, subject);
    }

    public WriterSchema schema() {
        return versions.get(own);
    }

    /** Empty where it is not known. */
    public Optional<String> subjectName() {
        return Optional.of(subject.name()).filter(name -> !name.isEmpty());
    }

    /** What the registry counts a version as; empty where that is not known. */
    public OptionalInt number(WriterSchema version) {
        Integer number = subject.numbers().get(version.fingerprint());
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}

package dev.firn.schema.registry;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The other versions of a schema's subject, oldest first; deleted ones too, of which records are still there.
 *
 * @param before older than the schema
 * @param after newer
 * @param own the schema's subject, and its version
 */
public record SchemaHistory(List<Version> before, List<Version> after, SubjectUse own) {

    /** The version of a schema that no version has any more. */
    static final int NO_NUMBER = 0;

    /** @param deleted whether somebody has taken it back; records of it may be there all the same */
    public record Version(RegistryAnswer answer, boolean deleted, int number) {}

    /** Of a schema that is under no subject that anybody knows of. */
    static final SchemaHistory NONE = new SchemaHistory(List.of(), List.of(), new SubjectUse("", NO_NUMBER));

    public SchemaHistory {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * The schema among those of its type that have columns: what one version can't be says nothing about the next.
     *
     * @param columns of the definition of another version; empty where it has none
     */
    public SchemaLineage lineage(WriterSchema own, SchemaType type, Function<String, Optional<WriterSchema>> columns) {
        List<WriterSchema> versions = new ArrayList<>();
        Set<Integer> deleted = new HashSet<>();
        SortedMap<String, Integer> numbers = new TreeMap<>();
        for (Version version : before) {
            mapped(version, type, columns).ifPresent(mapped -> add(version, mapped, versions, deleted, numbers));
        }
        int place = versions.size();
        versions.add(own);
        for (Version version : after) {
            mapped(version, type, columns).ifPresent(mapped -> add(version, mapped, versions, deleted, numbers));
        }
        if (this.own.version() != NO_NUMBER) {
            numbers.put(own.fingerprint(), this.own.version());
        }
        return new SchemaLineage(versions, place, deleted, new SchemaLineage.Subject(this.own.subject(), numbers));
    }

    private static void add(
            Version version,
            WriterSchema mapped,
            List<WriterSchema> versions,
            Set<Integer> deleted,
            SortedMap<String, Integer> numbers) {
        if (version.deleted()) {
            deleted.add(versions.size());
        }
        versions.add(mapped);
        numbers.put(mapped.fingerprint(), version.number());
    }

    private static Optional<WriterSchema> mapped(
            Version version, SchemaType type, Function<String, Optional<WriterSchema>> columns) {
        return version.answer() instanceof RegistryAnswer.Found found && found.type() == type
                ? columns.apply(found.schema())
                : Optional.empty();
    }
}

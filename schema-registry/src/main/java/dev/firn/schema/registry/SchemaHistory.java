package dev.firn.schema.registry;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The other versions of a schema's subject, oldest first; deleted ones too, of which records are still there.
 *
 * @param before older than the schema
 * @param after newer
 */
public record SchemaHistory(List<Version> before, List<Version> after) {

    /** @param deleted whether somebody has taken it back; records of it may be there all the same */
    public record Version(RegistryAnswer answer, boolean deleted) {}

    /** Of a schema that is under no subject that anybody knows of. */
    static final SchemaHistory NONE = new SchemaHistory(List.of(), List.of());

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
        for (Version version : before) {
            add(version, mapped(version.answer(), type, columns), versions, deleted);
        }
        int place = versions.size();
        versions.add(own);
        for (Version version : after) {
            add(version, mapped(version.answer(), type, columns), versions, deleted);
        }
        return new SchemaLineage(versions, place, deleted);
    }

    private static void add(
            Version version, Optional<WriterSchema> mapped, List<WriterSchema> versions, Set<Integer> deleted) {
        if (mapped.isPresent()) {
            if (version.deleted()) {
                deleted.add(versions.size());
            }
            versions.add(mapped.get());
        }
    }

    private static Optional<WriterSchema> mapped(
            RegistryAnswer answer, SchemaType type, Function<String, Optional<WriterSchema>> columns) {
        return answer instanceof RegistryAnswer.Found found && found.type() == type
                ? columns.apply(found.schema())
                : Optional.empty();
    }
}

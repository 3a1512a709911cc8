package dev.firn.schema.registry;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The other versions of a schema's subject, oldest first; deleted ones too, of which records are still there.
 *
 * @param before older than the schema
 * @param after newer
 */
public record SchemaHistory(List<RegistryAnswer> before, List<RegistryAnswer> after) {

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
        List<WriterSchema> versions = new ArrayList<>(mapped(before, type, columns));
        int place = versions.size();
        versions.add(own);
        versions.addAll(mapped(after, type, columns));
        return new SchemaLineage(versions, place);
    }

    private static List<WriterSchema> mapped(
            List<RegistryAnswer> answers, SchemaType type, Function<String, Optional<WriterSchema>> columns) {
        return answers.stream()
                .filter(RegistryAnswer.Found.class::isInstance)
                .map(RegistryAnswer.Found.class::cast)
                .filter(found -> found.type() == type)
                .flatMap(found -> columns.apply(found.schema()).stream())
                .toList();
    }
}

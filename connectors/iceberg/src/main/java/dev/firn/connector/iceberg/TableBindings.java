package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.iceberg.Schema;

/**
 * The bindings that stand in a table's properties, one a pipeline and writer's schema. Each pipeline decides for itself, for each has
 * a policy of its own, and may leave out what another takes. Which column a field has is the same for all, though: whoever
 * decides goes by the bindings of others as well.
 *
 * @param texts of all pipelines, by their properties
 * @param rolledBack the pipeline's own marks of versions that the table was taken back from, by fingerprint; what it had bound for them
 *     counts no more
 */
record TableBindings(String pipeline, SortedMap<String, String> texts, SortedMap<String, RolledBack> rolledBack) {

    private static final String BINDING = ".binding.";
    private static final Pattern PROPERTY = Pattern.compile("firn\\..+\\.binding\\.[0-9a-f]{16}");

    TableBindings {
        rolledBack = Collections.unmodifiableSortedMap(new TreeMap<>(rolledBack));
        SortedMap<String, String> counting = new TreeMap<>(texts);
        rolledBack.keySet().forEach(fingerprint -> counting.remove(property(pipeline, fingerprint)));
        texts = Collections.unmodifiableSortedMap(counting);
    }

    static TableBindings in(Map<String, String> properties, String pipeline) {
        SortedMap<String, String> texts = new TreeMap<>(properties);
        texts.keySet().removeIf(property -> !PROPERTY.matcher(property).matches());
        return new TableBindings(pipeline, texts, RolledBack.in(properties, pipeline));
    }

    /** With some that are on their way. */
    TableBindings and(SortedMap<String, String> unsaved) {
        SortedMap<String, String> all = new TreeMap<>(unsaved);
        all.putAll(texts);
        return new TableBindings(pipeline, all, rolledBack);
    }

    String property(WriterSchema writer) {
        return property(pipeline, writer.fingerprint());
    }

    static String property(String pipeline, String fingerprint) {
        return "firn." + pipeline + BINDING + fingerprint;
    }

    /** Of the schema that a property is about. */
    static String fingerprint(String property) {
        return property.substring(property.lastIndexOf('.') + 1);
    }

    /** Of whom a property is. */
    static String pipeline(String property) {
        return property.substring("firn.".length(), property.lastIndexOf(BINDING));
    }

    /** Whether the table was taken back from a schema: its records do not go there, and do not change it. */
    Optional<RolledBack> rolledBack(WriterSchema writer) {
        return Optional.ofNullable(rolledBack.get(writer.fingerprint()));
    }

    /** What the pipeline has decided; empty where it has not, or where the table has changed since so that it has to anew. */
    Optional<SchemaBinding> own(WriterSchema writer, Schema table) {
        return Optional.ofNullable(texts.get(property(writer)))
                .filter(text -> BindingText.hasTags(writer, text))
                .flatMap(text -> fitting(writer, text, table));
    }

    /**
     * Of what a schema may be a version of that which most bound versions are of; else the likeliest, which is the first. Versions that the
     * table was taken back from count as deleted.
     *
     * <p>A column belongs to the history that made it. A topic that is a copy of another, and goes to the same table, has no such history.
     */
    SchemaLineage nearest(List<SchemaLineage> lineages) {
        SchemaLineage nearest = lineages.get(0);
        for (SchemaLineage lineage : lineages) {
            if (bound(lineage) > bound(nearest)) {
                nearest = lineage;
            }
        }
        return nearest.without(rolledBack.keySet());
    }

    /** The fingerprints of schemas that are bound and in none of those histories. */
    Set<String> strangers(List<SchemaLineage> lineages) {
        Set<String> strangers = new TreeSet<>();
        texts.keySet().forEach(property -> strangers.add(fingerprint(property)));
        lineages.forEach(lineage -> lineage.versions().forEach(version -> strangers.remove(version.fingerprint())));
        return strangers;
    }

    private long bound(SchemaLineage lineage) {
        return lineage.versions().stream()
                .filter(version -> texts.keySet().stream()
                        .anyMatch(property -> property.endsWith(BINDING + version.fingerprint())))
                .count();
    }

    /** The table as it is judged. */
    TableState state(TableName name, Schema table, SchemaLineage lineage) {
        SortedMap<String, SchemaBinding> known = new TreeMap<>();
        for (WriterSchema version : lineage.versions()) {
            Optional.ofNullable(texts.get(property(version)))
                    .flatMap(text -> fitting(version, text, table))
                    .or(() -> others(version, table))
                    .ifPresent(binding -> known.put(version.fingerprint(), binding));
        }
        return new TableState(IcebergTypes.columns(name.full(), table), PlaceIds.of(table), known);
    }

    private Optional<SchemaBinding> others(WriterSchema writer, Schema table) {
        return texts.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(BINDING + writer.fingerprint()))
                .flatMap(entry -> fitting(writer, entry.getValue(), table).stream())
                .findFirst();
    }

    private static Optional<SchemaBinding> fitting(WriterSchema writer, String text, Schema table) {
        return BindingText.read(writer, text)
                .filter(binding -> BoundFields.of(writer, binding, table).isPresent());
    }
}

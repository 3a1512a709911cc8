package dev.firn.flink.outlook;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.PlannedFormats;
import dev.firn.plan.SourcePlan;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.quality.validation.RuledReader;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the same formats for a schema's versions, the same policies for decisions and the same sink for its consent as the job of a
 * plan does when a record comes.
 *
 * <pre>
 *   schema --suppose--> id --lineages--> versions of the subject, it among them --table--> what is decided, what the table is then
 * </pre>
 */
public final class Outlook implements AutoCloseable {

    private final String pipeline;
    private final Lake lake;
    private final ReferenceResolver references;
    private final ClassLoader loader;
    private final Map<String, FormatReader> readers = new HashMap<>();

    /** @param loader finds the formats of sources */
    public Outlook(String pipeline, Lake lake, ReferenceResolver references, ClassLoader loader) {
        this.pipeline = pipeline;
        this.lake = lake;
        this.references = references;
        this.loader = loader;
    }

    /**
     * Takes a schema for the next version of a subject.
     *
     * @param definition as {@link SchemaMemory} has it
     * @return the id under which the source's readers know it
     */
    public int suppose(SourcePlan source, String subject, String definition) {
        // What the readers know goes when nobody holds it.
        reader(source);
        try (SchemaMemory memory = format(source).memory(references)) {
            return memory.suppose(subject, definition);
        }
    }

    /**
     * A schema among the versions of its subjects, as records of a stream show it to a table; none where records name no schema.
     *
     * @param rules what the file says of the table's rows
     * @throws Rejected if records of that schema would go to quarantine whatever table they are for
     */
    public List<SchemaLineage> lineages(SourcePlan source, String stream, int schemaId, RowRules rules)
            throws Rejected {
        return RuledReader.of(reader(source).stream(stream), stream, rules).lineages(schemaId, stream);
    }

    /** Empty where the table is not there. */
    public Optional<Foreseen> table(TableName table, List<SchemaLineage> lineages, EvolutionPolicies policies) {
        return lake.foresee(table, lineages, new PolicyEvolution(policies));
    }

    private RecordFormat format(SourcePlan source) {
        return PlannedFormats.of(pipeline, source, loader);
    }

    private FormatReader reader(SourcePlan source) {
        return readers.computeIfAbsent(source.name(), first -> format(source).open(references));
    }

    @Override
    public void close() {
        readers.values().forEach(FormatReader::close);
    }
}

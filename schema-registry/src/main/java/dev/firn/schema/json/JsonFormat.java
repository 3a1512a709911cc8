package dev.firn.schema.json;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.SchemaMemory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects, their schemas in a registry or in the plan.
 *
 * @param registry null where records are plain JSON
 * @param schemas of each stream of plain JSON, by the stream's name
 */
public record JsonFormat(@Nullable SchemaSource registry, Map<String, String> schemas, JsonRules rules)
        implements RecordFormat {

    private static final long serialVersionUID = 1L;

    public JsonFormat {
        schemas = Map.copyOf(schemas);
    }

    /** Values name their schemas. */
    public static JsonFormat framed(SchemaSource registry, JsonRules rules) {
        return new JsonFormat(registry, Map.of(), rules);
    }

    /** The plan has the schemas. */
    public static JsonFormat plain(Map<String, String> schemas, JsonRules rules) {
        return new JsonFormat(null, schemas, rules);
    }

    @Override
    public FormatReader open(ReferenceResolver references) {
        return registry == null
                ? new PlainJsonReader(schemas, definition -> JsonSchemas.of("the schema file", definition, rules, 0))
                : new FramedJsonReader(registry.lease(references), rules, registry.subjects());
    }

    @Override
    public SchemaMemory memory(ReferenceResolver references) {
        return registry == null ? SchemaMemory.NONE : registry.lease(references);
    }

    @Override
    public SchemaMemory memoryAlone() {
        return registry == null ? SchemaMemory.NONE : registry.leaseAlone();
    }

    @Override
    public FramedParts framed() {
        return FramedParts.of(false, registry != null);
    }
}

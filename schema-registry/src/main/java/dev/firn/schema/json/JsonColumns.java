package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema as a table, or everything that keeps it from being one.
 *
 * @param record there exactly if nothing is unmappable
 * @param jsonFields those of the rules that the schema has
 */
public record JsonColumns(Optional<JsonType.Fields> record, List<Unmappable> unmappable, Set<String> jsonFields) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public JsonColumns {
        unmappable = List.copyOf(unmappable);
        jsonFields = Set.copyOf(jsonFields);
    }

    public static JsonColumns of(String schema, JsonRules rules) throws NotJsonSchema {
        return new SchemaWalk(read(schema), rules).record();
    }

    static ObjectNode read(String schema) throws NotJsonSchema {
        JsonNode root;
        try {
            root = JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new NotJsonSchema("it is not JSON");
        }
        if (!(root instanceof ObjectNode object)) {
            throw new NotJsonSchema("it is no object");
        }
        return object;
    }

    public Optional<TableSchema> table() {
        return record.map(fields -> new TableSchema(fields.column().columns()));
    }
}

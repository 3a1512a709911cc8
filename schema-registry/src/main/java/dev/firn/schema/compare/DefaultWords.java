package dev.firn.schema.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A default as the schema writes it. */
public final class DefaultWords {

    private static final int LONGEST = 40;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DefaultWords() {}

    /** Shortly; {@code none} where a field has no default. */
    public static String of(Schema.Field field) {
        JsonNode tree = tree(field);
        String text = tree.isMissingNode() ? "none" : tree.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** Of an enum. */
    static String of(@Nullable String symbol) {
        return symbol == null ? "none" : symbol;
    }

    /** Missing where there is none. */
    public static JsonNode tree(Schema.Field field) {
        return field.hasDefaultValue() ? tree(field.defaultVal()) : MissingNode.getInstance();
    }

    private static JsonNode tree(Object value) {
        if (value == JsonProperties.NULL_VALUE) {
            return NullNode.getInstance();
        }
        if (value instanceof byte[] bytes) {
            // Avro writes the bytes of a default as the characters of the same numbers.
            return TextNode.valueOf(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = MAPPER.createObjectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), tree(item)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = MAPPER.createArrayNode();
            list.forEach(item -> array.add(tree(item)));
            return array;
        }
        return MAPPER.valueToTree(value);
    }
}

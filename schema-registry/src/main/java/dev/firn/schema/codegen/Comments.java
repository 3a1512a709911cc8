package dev.firn.schema.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** What a schema says in docs becomes comments of Java, which must not end where somebody else's text says so. */
final class Comments {

    private Comments() {}

    /** Goes where types and fields are, and nowhere else: a default may have a field that is called {@code doc}. */
    static void disarm(JsonNode type) {
        if (type.isArray()) {
            type.forEach(Comments::disarm);
        }
        if (!(type instanceof ObjectNode object)) {
            return;
        }
        doc(object);
        for (String inner : new String[] {"type", "items", "values"}) {
            if (object.has(inner)) {
                disarm(object.get(inner));
            }
        }
        object.path("fields").forEach(field -> {
            if (field instanceof ObjectNode described) {
                doc(described);
                disarm(described.path("type"));
            }
        });
    }

    /** The compiler reads characters that are written as their numbers before it knows what a comment is. */
    private static void doc(ObjectNode described) {
        if (described.get("doc") instanceof TextNode doc) {
            described.put("doc", doc.textValue().replace("*/", "*&#47;").replace("\\u", "&#92;u"));
        }
    }
}

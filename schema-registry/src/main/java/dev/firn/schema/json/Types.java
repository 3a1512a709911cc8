package dev.firn.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The words behind {@code type}, and what says the same in other words. */
final class Types {

    static final String NULL = "null";

    private Types() {}

    /** Those that a schema names, or else those of the values that it lists, or else the one that its other words speak of. */
    static Set<String> of(JsonNode schema) {
        Set<String> types = new LinkedHashSet<>();
        if (schema.path("type").isTextual()) {
            types.add(schema.path("type").asText());
        }
        schema.path("type").forEach(type -> types.add(type.asText()));
        if (types.isEmpty() && schema.path("enum").isArray()) {
            schema.path("enum").forEach(value -> types.add(ofValue(value)));
        }
        if (types.isEmpty() && schema.has("const")) {
            types.add(ofValue(schema.path("const")));
        }
        if (types.isEmpty()
                && (schema.has("properties")
                        || schema.path("additionalProperties").isObject())) {
            types.add("object");
        }
        if (types.isEmpty() && (schema.path("items").isObject() || schema.has("prefixItems"))) {
            types.add("array");
        }
        if (types.contains("number")) {
            types.remove("integer");
        }
        return types;
    }

    private static String ofValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> NULL;
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case BINARY, MISSING, OBJECT, POJO -> "object";
        };
    }

    static boolean isNull(JsonNode schema) {
        return of(schema).equals(Set.of(NULL));
    }

    static boolean forbids(JsonNode others) {
        return others.isBoolean() && !others.booleanValue();
    }

    /** Whether the branches only say which fields have to be there. */
    static boolean areLimits(ArrayNode branches) {
        for (JsonNode branch : branches) {
            if (!(branch instanceof ObjectNode object)) {
                return false;
            }
            ObjectNode said = object.objectNode();
            said.setAll(object);
            said.remove(SchemaParts.REMARKS);
            said.remove("required");
            if (!said.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    static String listed(Collection<String> types) {
        return types.stream().map(type -> "`" + type + "`").collect(Collectors.joining(", "));
    }
}

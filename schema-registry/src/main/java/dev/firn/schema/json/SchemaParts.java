package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts together what a JSON Schema says of one place in several: behind {@code $ref}, and in the members of {@code allOf}.
 * What can't be put together without guessing is refused.
 */
final class SchemaParts {

    /** Words that say nothing of which values may stand there. */
    static final Set<String> REMARKS = Set.of(
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly");

    /** Words that forbid values, whose type others say; they are not looked at. */
    private static final Set<String> LIMITS = Set.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "dependentRequired",
            "not");

    /** One behind the other, far beyond what people write. */
    private static final int MOST_IN_A_ROW = 200;

    /** In all: parts that are made of parts twice each are more than any walk can end. */
    private static final int MOST_FOLLOWED = 50_000;

    private final ObjectNode root;
    private int followed;

    SchemaParts(ObjectNode root) {
        this.root = root;
    }

    /** Whether a word forbids values and says nothing of their type. */
    static boolean isLimit(String word) {
        return LIMITS.contains(word);
    }

    /** Why the parts are not one; the message says it behind the path. */
    static final class NotOne extends Exception {
        private static final long serialVersionUID = 1L;

        private final String wayOut;

        NotOne(String why, String wayOut) {
            super(why, null, false, false);
            this.wayOut = wayOut;
        }

        String why() {
            return String.valueOf(getMessage());
        }

        String wayOut() {
            return wayOut;
        }
    }

    /**
     * The schema with all its parts in one object.
     *
     * @param open the references that lead here; those that stand for the whole of the schema are added
     */
    ObjectNode joined(ObjectNode schema, List<String> open) throws NotOne {
        for (String word : Set.of("$dynamicRef", "$recursiveRef")) {
            if (schema.has(word)) {
                throw new NotOne("`" + word + "` is not followed", "write what stands there, or a `$ref`");
            }
        }
        if (schema.has("$ref")) {
            return referred(schema, open);
        }
        if (!(schema.get("allOf") instanceof ArrayNode members)) {
            return schema;
        }
        ObjectNode joined = without(schema, "allOf");
        for (JsonNode member : members) {
            if (member instanceof ObjectNode part) {
                // Two parts may be made of a third, which contains neither.
                joined = merged(joined, joined(part, members.size() == 1 ? open : new ArrayList<>(open)));
            } else if (!member.isBoolean() || !member.booleanValue()) {
                throw new NotOne("`allOf` has a member that is no object", "mend the schema");
            }
        }
        return joined;
    }

    private ObjectNode referred(ObjectNode schema, List<String> open) throws NotOne {
        String reference = schema.path("$ref").asText();
        if (!reference.startsWith("#")) {
            throw new NotOne(
                    "`$ref` leads out of the schema, to `" + reference + "`",
                    "put what it leads to under `$defs` of the same schema");
        }
        if (open.contains(reference)) {
            throw new NotOne("`" + reference + "` contains itself, and a column's type can't", "flatten it");
        }
        open.add(reference);
        followed++;
        if (open.size() > MOST_IN_A_ROW || followed > MOST_FOLLOWED) {
            throw new NotOne("there are too many references up to `" + reference + "`", "write what they stand for");
        }
        JsonNode target = target(reference)
                .orElseThrow(() -> new NotOne("`$ref` leads to `" + reference + "`, which is not there", "mend it"));
        if (!(target instanceof ObjectNode found)) {
            throw new NotOne("`$ref` leads to `" + reference + "`, which is no object", "mend it");
        }
        ObjectNode rest = without(schema, "$ref");
        rest.remove(REMARKS);
        ObjectNode joined = joined(found, open);
        return rest.isEmpty() || ignoresNeighbours() ? joined : merged(joined, joined(rest, open));
    }

    /** Up to draft-07, what stands beside a reference does not count. */
    private boolean ignoresNeighbours() {
        return root.path("$schema").asText().matches(".*/draft-0[3-7]/schema#?");
    }

    private Optional<JsonNode> target(String reference) {
        try {
            String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            JsonNode target = root.at(JsonPointer.compile(pointer));
            return target.isMissingNode() ? Optional.empty() : Optional.of(target);
        } catch (IllegalArgumentException notAPointer) {
            return Optional.empty();
        }
    }

    private static ObjectNode without(ObjectNode schema, String word) {
        ObjectNode copy = schema.objectNode();
        copy.setAll(schema);
        copy.remove(word);
        return copy;
    }

    private static ObjectNode merged(ObjectNode one, ObjectNode other) throws NotOne {
        ObjectNode merged = one.objectNode();
        merged.setAll(one);
        for (Iterator<Map.Entry<String, JsonNode>> words = other.fields(); words.hasNext(); ) {
            Map.Entry<String, JsonNode> word = words.next();
            JsonNode there = merged.get(word.getKey());
            if (REMARKS.contains(word.getKey()) || LIMITS.contains(word.getKey())) {
                continue;
            }
            if (there == null) {
                requireOpen(word.getKey(), word.getValue());
                merged.set(word.getKey(), word.getValue());
            } else {
                merged.set(word.getKey(), merged(word.getKey(), there, word.getValue()));
            }
        }
        return merged;
    }

    private static JsonNode merged(String word, JsonNode one, JsonNode other) throws NotOne {
        if (one.equals(other)) {
            return one;
        }
        if (word.equals("properties") && one instanceof ObjectNode some && other instanceof ObjectNode more) {
            ObjectNode all = some.objectNode();
            all.setAll(some);
            for (Iterator<Map.Entry<String, JsonNode>> fields = more.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                JsonNode there = all.get(field.getKey());
                if (there != null && !there.equals(field.getValue())) {
                    throw new NotOne(
                            "`" + field.getKey() + "` is described twice, and not in the same words",
                            "describe it once");
                }
                all.set(field.getKey(), field.getValue());
            }
            return all;
        }
        if (word.equals("required") && one instanceof ArrayNode && other instanceof ArrayNode) {
            ArrayNode all = ((ArrayNode) one).arrayNode();
            Set<JsonNode> seen = new HashSet<>();
            for (JsonNode list : new JsonNode[] {one, other}) {
                list.forEach(name -> {
                    if (seen.add(name)) {
                        all.add(name);
                    }
                });
            }
            return all;
        }
        throw new NotOne("`" + word + "` is said twice, and differs", "say it once");
    }

    /** A part that allows no other fields means other than its own, which are in the other parts here. */
    private static void requireOpen(String word, JsonNode said) throws NotOne {
        boolean open = said.isBoolean() ? said.booleanValue() : said.isEmpty();
        if (word.equals("additionalProperties") && !open) {
            throw new NotOne(
                    "a part of the schema has `additionalProperties`, which concerns the fields of the other parts too",
                    "write `unevaluatedProperties` beside the parts, or one object of all fields");
        }
    }
}

package dev.firn.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.binding.FieldPath;
import dev.firn.schema.binding.Unmappable;
import dev.firn.schema.json.JsonType.Scalar;
import dev.firn.spi.schema.Nullability;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One walk over a JSON Schema that finds the type of each place and collects every complaint on its way. */
final class SchemaWalk {

    /** As of an Avro schema: one that names a type in each of a type's fields grows without end. */
    private static final int MOST_FIELDS = 10_000;

    private static final int DEEPEST = 100;

    private static final String ROOT = "$";

    /** Stands where a complaint was made; the table is not used then. */
    private static final Place NOTHING = new Place(Scalar.ANYTHING, Nullability.OPTIONAL);

    private final ObjectNode root;
    private final SchemaParts parts;
    private final JsonRules rules;
    private final List<Unmappable> unmappable = new ArrayList<>();
    private final Set<String> jsonFields = new HashSet<>();
    private final List<String> open = new ArrayList<>();
    private int fields;
    private int depth;

    SchemaWalk(ObjectNode root, JsonRules rules) {
        this.root = root;
        this.parts = new SchemaParts(root);
        this.rules = rules;
    }

    /** A type, and whether null may stand there too. */
    private record Place(JsonType type, Nullability nullability) {

        Place orNull() {
            return new Place(type, Nullability.OPTIONAL);
        }
    }

    JsonColumns record() {
        Place whole = place("", root);
        Optional<JsonType.Fields> record = Optional.empty();
        if (whole.type() instanceof JsonType.Fields top) {
            record = Optional.of(top);
        } else if (unmappable.isEmpty()) {
            complain(
                    "",
                    "the value is `" + whole.type().word() + "`, and only an object with named fields has columns",
                    "wrap it in one");
        }
        return new JsonColumns(unmappable.isEmpty() ? record : Optional.empty(), unmappable, jsonFields);
    }

    private Place place(String path, JsonNode schema) {
        if (rules.isJson(path)) {
            jsonFields.add(path);
            boolean neverNull = schema.has("type") && !Types.of(schema).contains(Types.NULL);
            return new Place(Scalar.ANYTHING, neverNull ? Nullability.REQUIRED : Nullability.OPTIONAL);
        }
        int followed = open.size();
        depth++;
        try {
            if (depth > DEEPEST) {
                return complain(
                        path,
                        "types are nested more than " + DEEPEST + " deep here",
                        "flatten them; or " + asJson(path));
            }
            return schema instanceof ObjectNode object
                    ? joined(path, parts.joined(object, open))
                    : ofAnything(path, schema);
        } catch (SchemaParts.NotOne e) {
            return complain(path, e.why(), path.isEmpty() ? e.wayOut() : e.wayOut() + "; or " + asJson(path));
        } finally {
            depth--;
            open.subList(followed, open.size()).clear();
        }
    }

    private Place ofAnything(String path, JsonNode schema) {
        return schema instanceof BooleanNode allowed && !allowed.booleanValue()
                ? complain(path, "nothing can stand here", "remove the field")
                : complain(path, "anything can stand here, which has no type", "add a `type`" + orAsJson(path));
    }

    private Place joined(String path, ObjectNode schema) {
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.get(choice) instanceof ArrayNode branches && !Types.areLimits(branches)) {
                return choice(path, schema, choice, branches);
            }
        }
        for (String word : List.of("if", "dependentSchemas", "dependencies")) {
            if (schema.has(word)) {
                return complain(
                        path,
                        "what may stand here depends on `" + word + "`, and a column has one type",
                        "remove it" + orAsJson(path));
            }
        }
        Set<String> types = Types.of(schema);
        Nullability nullability = types.contains(Types.NULL) ? Nullability.OPTIONAL : Nullability.REQUIRED;
        List<String> others =
                types.stream().filter(type -> !type.equals(Types.NULL)).toList();
        if (types.isEmpty()) {
            return ofAnything(path, schema);
        }
        if (others.isEmpty()) {
            return complain(
                    path,
                    "nothing but null can stand here, which has no type",
                    "remove the field, or add a type to it");
        }
        if (others.size() > 1) {
            return complain(
                    path,
                    "a choice of " + Types.listed(others) + ", and a column has one type",
                    "choose one" + orAsJson(path));
        }
        Place present = present(path, schema, others.get(0));
        return nullability == Nullability.OPTIONAL ? present.orNull() : present;
    }

    private Place choice(String path, ObjectNode schema, String word, ArrayNode branches) {
        List<JsonNode> present = new ArrayList<>();
        branches.forEach(branch -> {
            if (!Types.isNull(branch)) {
                present.add(branch);
            }
        });
        ObjectNode rest = schema.objectNode();
        rest.setAll(schema);
        rest.remove(word);
        rest.remove(SchemaParts.REMARKS);
        if (present.size() != 1 || !rest.isEmpty()) {
            String what = rest.isEmpty()
                    ? "a choice (`" + word + "`) of " + present.size() + " types"
                    : "`" + word + "` beside other words";
            return complain(path, what + ", and a column has one type", "choose one" + orAsJson(path));
        }
        Place only = place(path, present.get(0));
        return present.size() < branches.size() ? only.orNull() : only;
    }

    private Place present(String path, ObjectNode schema, String type) {
        return switch (type) {
            case "boolean" -> required(Scalar.BOOLEAN);
            case "integer" -> required(Scalar.INTEGER);
            case "number" -> number(path, schema);
            case "string" -> required(string(schema));
            case "array" -> array(path, schema);
            case "object" -> object(path, schema);
            default -> complain(path, "`" + type + "` is no type of JSON Schema", "mend it");
        };
    }

    private static Place required(JsonType type) {
        return new Place(type, Nullability.REQUIRED);
    }

    private static JsonType string(ObjectNode schema) {
        return switch (schema.path("format").asText()) {
            case "date" -> Scalar.DATE;
            case "time" -> Scalar.TIME;
            case "date-time" -> Scalar.DATE_TIME;
            case "uuid" -> Scalar.UUID;
            default -> Scalar.STRING;
        };
    }

    private Place number(String path, ObjectNode schema) {
        JsonNode step = schema.path("multipleOf");
        if (!step.isNumber()) {
            return required(Scalar.NUMBER);
        }
        BigDecimal unit = step.decimalValue().stripTrailingZeros();
        if (!unit.unscaledValue().equals(java.math.BigInteger.ONE) || unit.scale() < 0) {
            return required(Scalar.NUMBER);
        }
        return unit.scale() <= 38
                ? required(new JsonType.Decimal(unit.scale()))
                : complain(
                        path,
                        "a number with " + unit.scale() + " digits behind the point is longer than a column's 38",
                        "use a greater `multipleOf`; or " + asJson(path));
    }

    private Place array(String path, ObjectNode schema) {
        if (schema.has("prefixItems") || schema.get("items") instanceof ArrayNode) {
            return complain(
                    path,
                    "items have a type each by their place, and a list's have one",
                    "make it an object" + orAsJson(path));
        }
        Place item = place(path + "[]", schema.has("items") ? schema.get("items") : BooleanNode.TRUE);
        return required(new JsonType.Items(item.type(), item.nullability()));
    }

    private Place object(String path, ObjectNode schema) {
        JsonNode others = schema.path("additionalProperties");
        boolean typedOthers = others.isObject() && !others.isEmpty();
        if (schema.path("patternProperties").size() > 0) {
            return complain(
                    path,
                    "the names of fields are patterns, which columns can't be named by",
                    "use `additionalProperties`" + orAsJson(path));
        }
        if (!(schema.get("properties") instanceof ObjectNode properties) || properties.isEmpty()) {
            if (!typedOthers) {
                return complain(
                        path,
                        "an object without named fields, in which anything can stand",
                        "name its `properties`" + orAsJson(path));
            }
            Place value = place(path + "{}", others);
            return required(new JsonType.Values(value.type(), value.nullability()));
        }
        if (typedOthers) {
            return complain(
                    path,
                    "an object with named fields and others of a type, and no column is both",
                    "remove `additionalProperties`" + orAsJson(path));
        }
        return named(path, schema, properties);
    }

    private Place named(String path, ObjectNode schema, ObjectNode properties) {
        boolean fitted = fields <= MOST_FIELDS;
        fields += fitted ? properties.size() : 0;
        if (fields > MOST_FIELDS) {
            return fitted
                    ? complain(path, "the schema has more than " + MOST_FIELDS + " fields up to here", "split it")
                    : NOTHING;
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<JsonType.Field> named = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = properties.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> property = all.next();
            Place place = place(FieldPath.child(path, property.getKey()), property.getValue());
            boolean isThere = required.contains(property.getKey()) && place.nullability() == Nullability.REQUIRED;
            named.add(new JsonType.Field(
                    property.getKey(), place.type(), isThere ? Nullability.REQUIRED : Nullability.OPTIONAL));
        }
        requireNames(path, named);
        boolean closed = Types.forbids(schema.path("additionalProperties"))
                || Types.forbids(schema.path("unevaluatedProperties"));
        return required(new JsonType.Fields(named, closed ? JsonType.Others.FORBIDDEN : JsonType.Others.ALLOWED));
    }

    private void requireNames(String path, List<JsonType.Field> named) {
        Map<String, String> seen = new HashMap<>();
        for (JsonType.Field field : named) {
            String name = field.name();
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                complain(
                        FieldPath.child(path, name),
                        "differs from `" + other + "` only in case, which most engines can't tell apart",
                        "rename one of them");
            }
            if (name.isBlank() || name.contains(".") || name.chars().anyMatch(Character::isISOControl)) {
                complain(
                        FieldPath.child(path, name),
                        "a column's name can't be empty or hold a dot or a control character",
                        "rename the field");
            }
        }
    }

    private Place complain(String path, String why, String wayOut) {
        unmappable.add(new Unmappable(path.isEmpty() ? ROOT : path, why, wayOut));
        return NOTHING;
    }

    private static String orAsJson(String path) {
        return path.isEmpty() ? "" : ", or " + asJson(path);
    }

    private static String asJson(String path) {
        return Unmappable.asJson(path);
    }
}

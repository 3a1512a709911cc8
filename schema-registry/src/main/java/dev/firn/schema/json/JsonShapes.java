package dev.firn.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk over a JSON Schema that makes a schema of no notation. */
public final class JsonShapes {

    private static final int MOST_FIELDS = 10_000;
    private static final int DEEPEST = 100;

    /** Of a record that has none. */
    private static final String NAMELESS = "Record";

    private final SchemaParts parts;
    private final Losses losses;
    private final JsonScalars scalars;

    /** The references that lead here, and the name of the record that each stands for, once it is known to be one. */
    private final Map<String, String> open = new HashMap<>();

    private int fields;
    private int depth;

    private JsonShapes(ObjectNode root, Losses losses) {
        this.parts = new SchemaParts(root);
        this.losses = losses;
        this.scalars = new JsonScalars(losses);
    }

    public static ReadSchema of(String text) throws NotReadable {
        ObjectNode root;
        try {
            root = JsonColumns.read(text);
        } catch (NotJsonSchema e) {
            throw new NotReadable("it is no JSON Schema: " + e.getMessage());
        }
        Losses losses = new Losses("a schema of columns");
        Value whole = new JsonShapes(root, losses).place("", root, "#");
        if (!(whole.shape() instanceof Shape.Struct record)) {
            throw new NotReadable("it is no object with named fields, and only such a one has columns; wrap it in one");
        }
        TypeName name = new TypeName(record.name().full(), text(root, "description"), List.of());
        return new ReadSchema(new PortableSchema(new Shape.Struct(name, record.fields())), losses.all());
    }

    private static Optional<String> text(JsonNode schema, String word) {
        return schema.path(word).isTextual() ? Optional.of(schema.path(word).asText()) : Optional.empty();
    }

    private static NotReadable wrong(String path, String why) {
        return new NotReadable((path.isEmpty() ? "" : "`" + path + "`: ") + why);
    }

    private Value place(String path, JsonNode schema, @Nullable String known) throws NotReadable {
        String reference = known == null ? schema.path("$ref").asText() : known;
        if (known == null && open.containsKey(reference)) {
            String record = open.get(reference);
            if (record == null || record.isEmpty()) {
                throw wrong(path, "`" + reference + "` contains itself, and not as a record; flatten it");
            }
            return Value.required(new Shape.Again(record));
        }
        depth++;
        if (depth > DEEPEST) {
            throw wrong(path, "types are nested more than " + DEEPEST + " deep here; flatten them");
        }
        try {
            if (!(schema instanceof ObjectNode object)) {
                return anything(path, schema);
            }
            if (!reference.isEmpty()) {
                open.put(reference, "");
            }
            return joined(path, parts.joined(object, new ArrayList<>()), reference);
        } catch (SchemaParts.NotOne e) {
            throw wrong(path, e.why() + "; " + e.wayOut());
        } finally {
            depth--;
            open.remove(reference);
        }
    }

    private static Value anything(String path, JsonNode schema) throws NotReadable {
        if (schema instanceof BooleanNode allowed && !allowed.booleanValue()) {
            throw wrong(path, "nothing can stand here; remove the field");
        }
        return Value.required(Plain.JSON);
    }

    private Value joined(String path, ObjectNode schema, String reference) throws NotReadable {
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.get(choice) instanceof ArrayNode branches && !Types.areLimits(branches)) {
                return choice(path, schema, choice, branches);
            }
        }
        for (String word : List.of("if", "dependentSchemas", "dependencies", "patternProperties", "prefixItems")) {
            if (schema.has(word)) {
                throw wrong(
                        path, "what may stand here depends on `" + word + "`, which no other notation has; remove it");
            }
        }
        List<String> types = new ArrayList<>(Types.of(schema));
        boolean nullable = types.remove(Types.NULL);
        Shape shape;
        if (types.size() > 1) {
            List<JsonNode> branches = new ArrayList<>();
            types.forEach(type -> branches.add(schema.deepCopy().put("type", type)));
            shape = oneOf(path, branches);
        } else if (types.isEmpty() && nullable) {
            throw wrong(path, "nothing but null can stand here, which has no type; remove the field");
        } else {
            shape = types.isEmpty() ? Plain.JSON : present(path, schema, types.get(0), reference);
        }
        return Value.of(shape, nullable ? Nullability.OPTIONAL : Nullability.REQUIRED);
    }

    private Value choice(String path, ObjectNode schema, String word, ArrayNode branches) throws NotReadable {
        ObjectNode rest = schema.deepCopy();
        rest.remove(word);
        rest.remove("type");
        rest.remove(SchemaParts.REMARKS);
        if (!rest.isEmpty()) {
            throw wrong(
                    path, "`" + word + "` stands beside `" + rest.fieldNames().next() + "`; say one of both");
        }
        List<JsonNode> present = new ArrayList<>();
        branches.forEach(branch -> {
            if (!Types.isNull(branch)) {
                present.add(branch);
            }
        });
        if (present.isEmpty()) {
            throw wrong(path, "nothing but null can stand here, which has no type; remove the field");
        }
        boolean nullable = present.size() < branches.size();
        if (present.size() == 1) {
            Value only = place(path, present.get(0), null);
            return nullable ? Value.optional(only.shape()) : only;
        }
        return Value.of(oneOf(path, present), nullable ? Nullability.OPTIONAL : Nullability.REQUIRED);
    }

    private Shape oneOf(String path, List<JsonNode> branches) throws NotReadable {
        List<Field> made = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode branch : branches) {
            Shape shape = place(path, branch, null).shape();
            String name = JsonScalars.word(shape);
            String free = name;
            for (int next = 2; !names.add(free); next++) {
                free = name + "_" + next;
            }
            made.add(Field.optional(free, shape));
        }
        return new Shape.OneOf(made);
    }

    private Shape present(String path, ObjectNode schema, String type, String reference) throws NotReadable {
        return switch (type) {
            case "array" -> array(path, schema);
            case "object" -> object(path, schema, reference);
            case "boolean", "integer", "number", "string" -> scalars.shape(path, schema, type, reference);
            default -> throw wrong(path, "`" + type + "` is no type of JSON Schema");
        };
    }

    private Shape array(String path, ObjectNode schema) throws NotReadable {
        if (schema.get("items") instanceof ArrayNode) {
            throw wrong(path, "items have a type each by their place, which no other notation has; make it an object");
        }
        scalars.limits(path, schema, Set.of());
        Value item = schema.has("items") ? place(path + "[]", schema.get("items"), null) : Value.required(Plain.JSON);
        return new Shape.ListOf(item);
    }

    private Shape object(String path, ObjectNode schema, String reference) throws NotReadable {
        JsonNode others = schema.path("additionalProperties");
        boolean typed = others.isObject() && !others.isEmpty();
        scalars.limits(path, schema, Set.of());
        if (schema.get("properties") instanceof ObjectNode properties) {
            if (typed) {
                throw wrong(
                        path,
                        "an object has named fields and others of a type, which no other notation has; say one of both");
            }
            if (Types.forbids(others) || Types.forbids(schema.path("unevaluatedProperties"))) {
                losses.lose(path, "that there are no other fields");
            }
            return named(path, schema, properties, reference);
        }
        if (!typed) {
            losses.lose(path, "that it is an object");
            return Plain.JSON;
        }
        return new Shape.MapOf(Value.required(Plain.STRING), place(path + "{}", others, null));
    }

    private Shape named(String path, ObjectNode schema, ObjectNode properties, String reference) throws NotReadable {
        fields += properties.size();
        if (fields > MOST_FIELDS) {
            throw wrong(path, "the schema has more than " + MOST_FIELDS + " fields up to here; split it");
        }
        TypeName name = JsonScalars.name(schema, reference);
        if (!reference.isEmpty()) {
            open.put(reference, name.isThere() ? name.full() : NAMELESS);
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(word -> required.add(word.asText()));
        List<Field> named = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = properties.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> property = all.next();
            String place = Fitting.child(path, property.getKey());
            Value value = place(place, property.getValue(), null);
            boolean optional = value.isOptional() || !required.contains(property.getKey());
            named.add(new Field(
                    property.getKey(),
                    Value.of(value.shape(), optional ? Nullability.OPTIONAL : Nullability.REQUIRED),
                    remarks(place, property.getValue(), value.shape(), optional)));
        }
        return new Shape.Struct(name, named);
    }

    private Remarks remarks(String path, JsonNode property, Shape shape, boolean optional) {
        if (property.has("title") && !(shape instanceof Shape.Struct || shape instanceof Shape.Symbols)) {
            losses.lose(path, "the title");
        }
        Optional<String> said = scalars.defaultValue(path, property, shape);
        Remarks remarks = optional ? Remarks.NULL_UNLESS_SAID : Remarks.NONE;
        return new Remarks(text(property, "description"), said.or(remarks::defaultValue), List.of());
    }
}

package dev.firn.schema.notation.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.folder.PrettyJson;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import java.util.List;
import java.util.OptionalInt;

/** Avro's JSON of a schema that fits. */
final class AvroText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int DURATION_BYTES = 12;

    /** Of a record that has none. */
    private static final String NAMELESS = "Record";

    private final Losses losses;
    private final NamedTypes named;

    private AvroText(Losses losses) {
        this.losses = losses;
        this.named = new NamedTypes(losses);
    }

    static String of(PortableSchema fitted, Losses losses) {
        TypeName name = fitted.name().isThere() ? fitted.name() : TypeName.of(NAMELESS);
        Shape.Struct root = new Shape.Struct(name, fitted.fields());
        String text = PrettyJson.write(new AvroText(losses).record(new Scope("", "", ""), root));
        try {
            AvroSchemas.parse(text);
        } catch (AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: what was written as Avro is none: " + e.getMessage(), e);
        }
        return text;
    }

    /**
     * Where a type stands.
     *
     * @param namespace of the named type around it
     * @param name what a type here is called that has no name
     */
    private record Scope(String path, String namespace, String name) {

        Scope field(String field) {
            String longer = name.isEmpty() ? field : name + "_" + AvroNames.of(field);
            return new Scope(Fitting.child(path, field), namespace, longer);
        }

        /** The full name of a type that has none. */
        String fallback() {
            return namespace.isEmpty() ? name : namespace + "." + name;
        }

        /** A name as it can be written here. */
        String shortened(String full) {
            TypeName type = TypeName.of(full);
            return type.namespace().equals(namespace) ? type.simple() : full;
        }

        Scope in(String mark) {
            return new Scope(path + mark, namespace, name);
        }

        Scope under(String inner, String called) {
            return new Scope(path, inner, called);
        }
    }

    private JsonNode value(Scope scope, Value value, Remarks remarks) {
        JsonNode type = type(scope, value.shape());
        if (!value.isOptional()) {
            return type;
        }
        ArrayNode branches = JSON.arrayNode();
        boolean nullLast = remarks.defaultValue().isPresent() && !remarks.defaultsToNull();
        if (!nullLast) {
            branches.add("null");
        }
        if (type instanceof ArrayNode all) {
            branches.addAll(all);
        } else {
            branches.add(type);
        }
        if (nullLast) {
            branches.add("null");
        }
        return branches;
    }

    private JsonNode type(Scope scope, Shape shape) {
        if (shape instanceof Plain plain) {
            return plain(scope, plain);
        }
        if (shape instanceof Whole whole) {
            return TextNode.valueOf(whole.equals(Whole.INT) ? "int" : "long");
        }
        if (shape instanceof Shape.Decimal decimal) {
            return logical("bytes", "decimal")
                    .put("precision", decimal.precision())
                    .put("scale", decimal.scale());
        }
        if (shape instanceof Shape.Time time) {
            return time.unit() == TimeUnit.MILLIS ? logical("int", "time-millis") : logical("long", "time-micros");
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            String prefix = timestamp.zone() == Zone.LOCAL ? "local-" : "";
            return logical("long", prefix + "timestamp-" + timestamp.unit().word());
        }
        if (shape instanceof Shape.ListOf list) {
            return list(scope, list);
        }
        if (shape instanceof Shape.MapOf map) {
            return map(scope, map);
        }
        if (shape instanceof Shape.OneOf choice) {
            ArrayNode branches = JSON.arrayNode();
            choice.branches().forEach(branch -> branches.add(type(scope.field(branch.name()), branch.shape())));
            return branches;
        }
        if (shape instanceof Shape.Again again) {
            return TextNode.valueOf(scope.shortened(named.again(again.name())));
        }
        return named(scope, shape);
    }

    private JsonNode plain(Scope scope, Plain plain) {
        return switch (plain) {
            case BOOLEAN -> TextNode.valueOf("boolean");
            case FLOAT -> TextNode.valueOf("float");
            case DOUBLE -> TextNode.valueOf("double");
            case STRING -> TextNode.valueOf("string");
            case BYTES -> TextNode.valueOf("bytes");
            case DATE -> logical("int", "date");
            case UUID -> logical("string", "uuid");
            case DURATION -> named(scope, plain);
            case JSON -> throw new IllegalStateException("our bug: JSON does not fit into Avro");
        };
    }

    private static ObjectNode logical(String type, String logical) {
        return JSON.objectNode().put("type", type).put(AvroProperties.LOGICAL, logical);
    }

    /** A definition where the type stands first, its name afterwards. */
    private JsonNode named(Scope scope, Shape shape) {
        NamedTypes.Named name = named.of(scope.path(), scope.fallback(), shape);
        if (name.isKnown()) {
            return TextNode.valueOf(scope.shortened(name.full()));
        }
        if (shape instanceof Shape.Struct struct) {
            return record(scope, struct, name);
        }
        if (shape instanceof Shape.Symbols symbols) {
            ObjectNode type = begun("enum", scope, name, symbols.name());
            ArrayNode words = type.putArray("symbols");
            symbols.symbols().forEach(words::add);
            symbols.fallback().ifPresent(word -> type.put("default", word));
            return type;
        }
        if (shape instanceof Shape.Fixed fixed) {
            return begun("fixed", scope, name, fixed.name()).put("size", fixed.length());
        }
        return begun("fixed", scope, name, TypeName.NONE)
                .put("size", DURATION_BYTES)
                .put(AvroProperties.LOGICAL, "duration");
    }

    private ObjectNode record(Scope scope, Shape.Struct struct) {
        return record(scope, struct, named.of(scope.path(), scope.fallback(), struct));
    }

    private ObjectNode record(Scope scope, Shape.Struct struct, NamedTypes.Named name) {
        ObjectNode type = begun("record", scope, name, struct.name());
        ArrayNode fields = type.putArray("fields");
        Scope inner = scope.under(name.namespace(), name.simple());
        struct.fields().forEach(field -> fields.add(field(inner.field(field.name()), field)));
        return type;
    }

    private static ObjectNode begun(String word, Scope scope, NamedTypes.Named name, TypeName said) {
        ObjectNode type = JSON.objectNode().put("type", word).put("name", name.simple());
        if (!name.namespace().equals(scope.namespace())) {
            type.put("namespace", name.namespace());
        }
        said.doc().ifPresent(doc -> type.put("doc", doc));
        if (!said.aliases().isEmpty()) {
            ArrayNode aliases = type.putArray("aliases");
            Scope inner = scope.under(name.namespace(), name.simple());
            said.aliases().forEach(alias -> aliases.add(inner.shortened(alias)));
        }
        return type;
    }

    private ObjectNode field(Scope scope, Field field) {
        String name = AvroNames.of(field.name());
        ObjectNode written = JSON.objectNode().put("name", name);
        written.set("type", value(scope, field.value(), field.remarks()));
        field.remarks().doc().ifPresent(doc -> written.put("doc", doc));
        field.remarks().defaultValue().ifPresent(text -> written.set("default", json(text)));
        if (!field.remarks().aliases().isEmpty()) {
            ArrayNode aliases = written.putArray("aliases");
            field.remarks().aliases().forEach(aliases::add);
        }
        if (!name.equals(field.name())) {
            losses.change(scope.path(), "the field is called `" + name + "`, and its name is kept beside it");
            written.put(AvroProperties.ORIGINAL_NAME, field.name());
        }
        id(written, AvroProperties.FIELD_ID, field.value().id());
        return written;
    }

    private static void id(ObjectNode written, String property, OptionalInt id) {
        id.ifPresent(number -> written.put(property, number));
    }

    private ObjectNode list(Scope scope, Shape.ListOf list) {
        ObjectNode type = JSON.objectNode().put("type", "array");
        type.set("items", value(scope.in("[]"), list.item(), Remarks.NONE));
        id(type, AvroProperties.ELEMENT_ID, list.item().id());
        return type;
    }

    private ObjectNode map(Scope scope, Shape.MapOf map) {
        if (map.key().shape() != Plain.STRING) {
            losses.change(scope.path(), "the map is a list of pairs, for its keys are no texts");
            ObjectNode type = JSON.objectNode().put("type", "array");
            Field key = new Field("key", map.key(), Remarks.NONE);
            Field value = new Field("value", map.value(), Remarks.NONE);
            Scope inner = scope.in("{}");
            type.set("items", named(inner, new Shape.Struct(TypeName.NONE, List.of(key, value))));
            return type.put(AvroProperties.LOGICAL, "map");
        }
        ObjectNode type = JSON.objectNode().put("type", "map");
        type.set("values", value(scope.in("{}"), map.value(), Remarks.NONE));
        id(type, AvroProperties.KEY_ID, map.key().id());
        id(type, AvroProperties.VALUE_ID, map.value().id());
        return type;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: a default that is no JSON: " + text, e);
        }
    }
}

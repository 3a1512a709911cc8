package dev.firn.schema.notation.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.schema.folder.PrettyJson;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** JSON Schema of a schema that fits; a record that contains itself is under {@code $defs}, any other in its place. */
final class JsonSchemaText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** Of a record that has none. */
    private static final String NAMELESS = "Record";

    private final String root;
    private final Set<String> recursive = new HashSet<>();
    private final ObjectNode definitions = JSON.objectNode();

    private JsonSchemaText(String root) {
        this.root = root;
    }

    static String of(PortableSchema fitted) {
        JsonSchemaText text =
                new JsonSchemaText(fitted.name().isThere() ? fitted.name().full() : NAMELESS);
        fitted.fields().forEach(field -> text.find(field.shape()));
        ObjectNode written = JSON.objectNode().put("$schema", DRAFT);
        ObjectNode record = text.record(fitted.record());
        fitted.name().doc().ifPresent(doc -> record.put("description", doc));
        for (String first : List.of("title", "description")) {
            if (record.has(first)) {
                written.set(first, record.get(first));
            }
        }
        record.fields().forEachRemaining(word -> written.set(word.getKey(), word.getValue()));
        if (!text.definitions.isEmpty()) {
            written.set("$defs", text.definitions);
        }
        return PrettyJson.write(written);
    }

    private void find(Shape shape) {
        if (shape instanceof Shape.Again again) {
            recursive.add(again.name());
        } else if (shape instanceof Shape.Struct struct) {
            struct.fields().forEach(field -> find(field.shape()));
        } else if (shape instanceof Shape.OneOf choice) {
            choice.branches().forEach(branch -> find(branch.shape()));
        } else if (shape instanceof Shape.ListOf list) {
            find(list.item().shape());
        } else if (shape instanceof Shape.MapOf map) {
            find(map.value().shape());
        }
    }

    private ObjectNode record(Shape.Struct struct) {
        ObjectNode record = JSON.objectNode();
        if (struct.name().isThere()) {
            record.put("title", struct.name().full());
        }
        record.put("type", "object");
        ObjectNode properties = record.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (Field field : struct.fields()) {
            properties.set(field.name(), field(field));
            if (!field.isOptional()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            record.set("required", required);
        }
        return record;
    }

    private ObjectNode field(Field field) {
        ObjectNode written = value(field.value());
        field.remarks().doc().ifPresent(doc -> written.put("description", doc));
        field.remarks()
                .defaultValue()
                .filter(json -> !field.remarks().defaultsToNull())
                .ifPresent(json -> written.set("default", json(json)));
        return written;
    }

    private ObjectNode value(Value value) {
        ObjectNode type = type(value.shape());
        return value.isOptional() ? orNull(type) : type;
    }

    private static ObjectNode orNull(ObjectNode type) {
        if (type.has("oneOf")) {
            ((ArrayNode) type.get("oneOf")).addObject().put("type", "null");
            return type;
        }
        if (type.has("$ref")) {
            ObjectNode either = JSON.objectNode();
            ArrayNode branches = either.putArray("anyOf");
            branches.add(type);
            branches.addObject().put("type", "null");
            return either;
        }
        if (type.has("type")) {
            String word = type.get("type").asText();
            type.set("type", JSON.arrayNode().add(word).add("null"));
        }
        if (type.has("enum")) {
            ((ArrayNode) type.get("enum")).addNull();
        }
        return type;
    }

    private ObjectNode type(Shape shape) {
        if (shape instanceof Plain plain) {
            return plain(plain);
        }
        if (shape instanceof Whole whole) {
            return whole(whole);
        }
        if (shape instanceof Shape.Decimal decimal) {
            return decimal(decimal);
        }
        if (shape instanceof Shape.Time) {
            return of("string").put("format", "time");
        }
        if (shape instanceof Shape.Timestamp) {
            return of("string").put("format", "date-time");
        }
        if (shape instanceof Shape.Symbols symbols) {
            ObjectNode type = JSON.objectNode();
            if (symbols.name().isThere()) {
                type.put("title", symbols.name().full());
            }
            ArrayNode words = type.put("type", "string").putArray("enum");
            symbols.symbols().forEach(words::add);
            return type;
        }
        if (shape instanceof Shape.ListOf list) {
            ObjectNode type = of("array");
            type.set("items", value(list.item()));
            return type;
        }
        if (shape instanceof Shape.MapOf map) {
            ObjectNode type = of("object");
            type.set("additionalProperties", value(map.value()));
            return type;
        }
        if (shape instanceof Shape.OneOf choice) {
            ObjectNode type = JSON.objectNode();
            ArrayNode branches = type.putArray("oneOf");
            choice.branches().forEach(branch -> branches.add(type(branch.shape())));
            return type;
        }
        if (shape instanceof Shape.Again again) {
            return reference(again.name());
        }
        return struct((Shape.Struct) shape);
    }

    private ObjectNode struct(Shape.Struct struct) {
        String name = struct.name().full();
        if (!recursive.contains(name) || name.equals(root)) {
            return record(struct);
        }
        if (!definitions.has(name)) {
            definitions.putNull(name);
            definitions.set(name, record(struct));
        }
        return reference(name);
    }

    private ObjectNode reference(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return JSON.objectNode().put("$ref", name.equals(root) ? "#" : "#/$defs/" + escaped);
    }

    private static ObjectNode of(String type) {
        return JSON.objectNode().put("type", type);
    }

    private static ObjectNode plain(Plain plain) {
        return switch (plain) {
            case BOOLEAN -> of("boolean");
            case FLOAT, DOUBLE -> of("number");
            case STRING -> of("string");
            case BYTES -> of("string").put("contentEncoding", "base64");
            case DATE -> of("string").put("format", "date");
            case UUID -> of("string").put("format", "uuid");
            case DURATION -> of("string").put("format", "duration");
            case JSON -> JSON.objectNode();
        };
    }

    /** A number of 64 bits is what an integer is taken for; any other has its limits. */
    private static ObjectNode whole(Whole whole) {
        ObjectNode type = of("integer");
        if (whole.equals(Whole.LONG)) {
            return type;
        }
        boolean signed = whole.sign() == Sign.SIGNED;
        BigInteger above = BigInteger.ONE.shiftLeft(signed ? whole.bits() - 1 : whole.bits());
        type.put("minimum", signed ? above.negate() : BigInteger.ZERO);
        return type.put("maximum", above.subtract(BigInteger.ONE));
    }

    private static ObjectNode decimal(Shape.Decimal decimal) {
        BigDecimal most =
                new BigDecimal(BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE), decimal.scale());
        ObjectNode type = of("number");
        type.set("multipleOf", DecimalNode.valueOf(BigDecimal.ONE.movePointLeft(decimal.scale())));
        type.set("minimum", DecimalNode.valueOf(most.negate()));
        type.set("maximum", DecimalNode.valueOf(most));
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

package dev.firn.it.testing.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro in a line: {@code id int, b<a string?, state {NEW PAID}, lines [(sku string)], labels map string}. Here {@code b<a} has the
 * alias {@code a}, {@code ?} may be null, brackets are an array and round ones a record. Records are JSON.
 */
public final class ShortAvro {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String text;
    private int at;
    private int named;

    private ShortAvro(String text) {
        this.text = text;
    }

    public static Schema schema(String fields) {
        ShortAvro reading = new ShortAvro(fields);
        Schema schema = Schema.createRecord("Order", null, "shop", false);
        schema.setFields(reading.fields());
        return schema;
    }

    /** A record with these fields; those that are left out are null. */
    public static GenericRecord record(Schema schema, String json) {
        try {
            return filled(schema, MAPPER.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Schema.Field> fields() {
        List<Schema.Field> fields = new ArrayList<>();
        do {
            String name = word();
            List<String> aliases = new ArrayList<>();
            while (skips("<")) {
                aliases.add(word());
            }
            Schema.Field field = new Schema.Field(name, optional(type()));
            aliases.forEach(field::addAlias);
            fields.add(field);
        } while (skips(","));
        return fields;
    }

    private Schema optional(Schema type) {
        return skips("?") ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
    }

    private Schema type() {
        if (skips("(")) {
            Schema record = Schema.createRecord("Inner" + ++named, null, "shop", false);
            record.setFields(fields());
            expect(")");
            return record;
        }
        if (skips("[")) {
            Schema array = Schema.createArray(optional(type()));
            expect("]");
            return array;
        }
        if (skips("{")) {
            List<String> symbols = new ArrayList<>();
            while (!skips("}")) {
                symbols.add(word());
            }
            return Schema.createEnum("Symbols" + ++named, null, "shop", symbols);
        }
        String word = word();
        return word.equals("map")
                ? Schema.createMap(optional(type()))
                : Schema.create(Schema.Type.valueOf(word.toUpperCase(java.util.Locale.ROOT)));
    }

    private String word() {
        skips("");
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw new IllegalArgumentException("a word is missing at " + at + " of: " + text);
        }
        return text.substring(from, at);
    }

    private boolean skips(String token) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) {
        if (!skips(token)) {
            throw new IllegalArgumentException("`" + token + "` is missing at " + at + " of: " + text);
        }
    }

    private static GenericRecord filled(Schema schema, JsonNode json) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), json.path(field.name()))));
        return record;
    }

    private static @Nullable Object value(Schema schema, JsonNode json) {
        return switch (schema.getType()) {
            case UNION -> json.isMissingNode() || json.isNull()
                    ? null
                    : value(schema.getTypes().get(1), json);
            case RECORD -> filled(schema, json);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                json.forEach(item -> items.add(value(schema.getElementType(), item)));
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new HashMap<>();
                json.fields()
                        .forEachRemaining(
                                entry -> entries.put(entry.getKey(), value(schema.getValueType(), entry.getValue())));
                yield entries;
            }
            case ENUM -> new GenericData.EnumSymbol(schema, json.asText());
            case STRING -> json.asText();
            case INT -> json.intValue();
            case LONG -> json.longValue();
            case FLOAT -> json.floatValue();
            case DOUBLE -> json.doubleValue();
            case BOOLEAN -> json.booleanValue();
            default -> throw new IllegalArgumentException("no value of " + schema);
        };
    }
}

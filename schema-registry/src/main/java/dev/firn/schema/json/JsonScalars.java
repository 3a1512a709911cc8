package dev.firn.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** JSON Schema's types without others in them, and what it says beside types. */
final class JsonScalars {

    private static final Set<String> BOUNDS = Set.of("minimum", "maximum");
    private static final int MOST_DIGITS = 38;
    private static final int[] BITS = {8, 16, 32, 64};

    private final Losses losses;

    JsonScalars(Losses losses) {
        this.losses = losses;
    }

    /** The name of a type: its title, or else where a reference leads. */
    static TypeName name(ObjectNode schema, String reference) {
        if (schema.path("title").isTextual()) {
            return TypeName.of(schema.path("title").asText());
        }
        String last = reference.substring(reference.lastIndexOf('/') + 1);
        return last.isEmpty() || last.equals("#") ? TypeName.NONE : TypeName.of(last);
    }

    /** As a branch of a choice is called. */
    static String word(Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            return struct.name().isThere() ? struct.name().simple() : "record";
        }
        if (shape instanceof Shape.Symbols symbols) {
            return symbols.name().isThere() ? symbols.name().simple() : "enum";
        }
        if (shape instanceof Whole whole) {
            return whole.equals(Whole.INT) ? "int" : "long";
        }
        if (shape instanceof Plain plain) {
            return plain.name().toLowerCase(Locale.ROOT);
        }
        return shape instanceof Shape.ListOf ? "array" : shape instanceof Shape.MapOf ? "map" : "value";
    }

    Shape shape(String path, ObjectNode schema, String type, String reference) {
        return switch (type) {
            case "boolean" -> limited(path, schema, Plain.BOOLEAN);
            case "integer" -> integer(path, schema);
            case "number" -> number(path, schema);
            default -> string(path, schema, reference);
        };
    }

    private Shape limited(String path, ObjectNode schema, Shape shape) {
        limits(path, schema, Set.of());
        return shape;
    }

    /** Says which of the words that limit values are not part of the type. */
    void limits(String path, ObjectNode schema, Set<String> understood) {
        Set<String> words = new TreeSet<>();
        schema.fieldNames().forEachRemaining(words::add);
        for (String word : words) {
            boolean limit = SchemaParts.isLimit(word) || word.equals("enum") || word.equals("const");
            boolean number = word.equals("multipleOf") || word.equals("contentMediaType") || word.equals("format");
            if ((limit || number) && !understood.contains(word)) {
                losses.lose(path, "`" + word + "`");
            }
        }
    }

    private Shape integer(String path, ObjectNode schema) {
        BigInteger least =
                schema.path("minimum").isNumber() ? schema.path("minimum").bigIntegerValue() : null;
        BigInteger most =
                schema.path("maximum").isNumber() ? schema.path("maximum").bigIntegerValue() : null;
        for (int bits : BITS) {
            for (Sign sign : Sign.values()) {
                BigInteger above = BigInteger.ONE.shiftLeft(sign == Sign.SIGNED ? bits - 1 : bits);
                BigInteger lowest = sign == Sign.SIGNED ? above.negate() : BigInteger.ZERO;
                if (lowest.equals(least) && above.subtract(BigInteger.ONE).equals(most)) {
                    limits(path, schema, BOUNDS);
                    return new Whole(bits, sign);
                }
            }
        }
        return limited(path, schema, Whole.LONG);
    }

    /** A step of 1, 0.1, 0.01 and so on makes a decimal, of as many digits as its largest number has. */
    private Shape number(String path, ObjectNode schema) {
        JsonNode step = schema.path("multipleOf");
        BigDecimal unit = step.isNumber() ? step.decimalValue().stripTrailingZeros() : BigDecimal.TEN;
        if (!unit.unscaledValue().equals(BigInteger.ONE) || unit.scale() < 0) {
            return limited(path, schema, Plain.DOUBLE);
        }
        JsonNode most = schema.path("maximum");
        BigInteger digits = most.isNumber()
                ? most.decimalValue()
                        .movePointRight(unit.scale())
                        .toBigInteger()
                        .add(BigInteger.ONE)
                : BigInteger.ZERO;
        int precision = digits.toString().length() - 1;
        boolean nines = precision > 0
                && digits.equals(BigInteger.TEN.pow(precision))
                && schema.path("minimum").isNumber()
                && schema.path("minimum")
                                .decimalValue()
                                .compareTo(most.decimalValue().negate())
                        == 0;
        Set<String> understood = new HashSet<>(nines ? BOUNDS : Set.of());
        understood.add("multipleOf");
        limits(path, schema, understood);
        return nines
                ? new Shape.Decimal(precision, unit.scale())
                : new Shape.Decimal(Math.max(MOST_DIGITS, unit.scale()), unit.scale());
    }

    private Shape string(String path, ObjectNode schema, String reference) {
        List<String> words = new ArrayList<>();
        schema.path("enum").forEach(word -> {
            if (word.isTextual()) {
                words.add(word.asText());
            }
        });
        if (schema.path("const").isTextual()) {
            words.add(schema.path("const").asText());
        }
        if (!words.isEmpty()) {
            limits(path, schema, Set.of("enum", "const"));
            return new Shape.Symbols(name(schema, reference), words, Optional.empty());
        }
        if (schema.path("contentEncoding").asText().equals("base64")) {
            return limited(path, schema, Plain.BYTES);
        }
        Optional<Shape> known = format(schema.path("format").asText());
        limits(path, schema, known.isPresent() ? Set.of("format") : Set.of());
        return known.orElse(Plain.STRING);
    }

    private static Optional<Shape> format(String word) {
        return switch (word) {
            case "date" -> Optional.of(Plain.DATE);
            case "time" -> Optional.of(new Shape.Time(TimeUnit.MICROS));
            case "date-time" -> Optional.of(new Shape.Timestamp(TimeUnit.MICROS, Zone.INSTANT));
            case "uuid" -> Optional.of(Plain.UUID);
            case "duration" -> Optional.of(Plain.DURATION);
            default -> Optional.empty();
        };
    }

    /** Those of a kind that every notation writes alike. */
    Optional<String> defaultValue(String path, JsonNode property, Shape shape) {
        JsonNode said = property.path("default");
        if (said.isMissingNode()) {
            return Optional.empty();
        }
        boolean empty = said.isContainerNode() && said.isEmpty();
        boolean kept = said.isNull()
                || (shape instanceof Whole && said.isIntegralNumber())
                || (shape == Plain.DOUBLE && said.isNumber())
                || (shape == Plain.BOOLEAN && said.isBoolean())
                || (shape == Plain.STRING && said.isTextual())
                || (shape instanceof Shape.Symbols symbols && symbols.symbols().contains(said.asText()))
                || (shape instanceof Shape.ListOf && said.isArray() && empty)
                || (shape instanceof Shape.MapOf && said.isObject() && empty);
        if (!kept) {
            losses.lose(path, "the default `" + said + "`");
        }
        return kept ? Optional.of(said.toString()) : Optional.empty();
    }
}

package dev.firn.schema.notation.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Defaults as literals of SQL. */
final class SqlDefaults {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private SqlDefaults() {}

    /** Whether the default of such a type is a number, a text or a truth. */
    static boolean isLiteral(Shape shape) {
        return shape instanceof Shape.Whole
                || shape instanceof Shape.Symbols
                || shape == Plain.BOOLEAN
                || shape == Plain.FLOAT
                || shape == Plain.DOUBLE
                || shape == Plain.STRING;
    }

    /** @param json of a type whose default is a literal */
    static String literal(Dialect dialect, String json) {
        try {
            JsonNode value = JSON.readTree(json);
            return value.isTextual()
                    ? SqlNames.text(dialect, value.textValue())
                    : value.isNumber()
                            ? value.decimalValue().toPlainString()
                            : value.asText().toUpperCase(Locale.ROOT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: a default that is no JSON: " + json, e);
        }
    }

    /** The default that a literal stands for; empty where it is none for such a type. */
    static Optional<String> json(SqlToken token, String sign, Shape shape) {
        JsonNode value;
        if (token.kind() == SqlToken.Kind.TEXT) {
            value = TextNode.valueOf(token.text());
        } else if (token.kind() == SqlToken.Kind.NUMBER) {
            value = number(sign + token.text(), shape);
        } else if (token.is("NULL")) {
            value = NullNode.getInstance();
        } else if (token.is("TRUE") || token.is("FALSE")) {
            value = BooleanNode.valueOf(token.is("TRUE"));
        } else {
            return Optional.empty();
        }
        return fits(value, shape) ? Optional.of(value.toString()) : Optional.empty();
    }

    private static JsonNode number(String text, Shape shape) {
        BigDecimal number = new BigDecimal(text);
        boolean whole =
                shape instanceof Shape.Whole && number.stripTrailingZeros().scale() <= 0;
        return whole ? BigIntegerNode.valueOf(number.toBigInteger()) : DecimalNode.valueOf(number);
    }

    private static boolean fits(JsonNode value, Shape shape) {
        if (value.isNull()) {
            return true;
        }
        if (shape instanceof Shape.Whole) {
            return value.isIntegralNumber();
        }
        if (shape == Plain.FLOAT || shape == Plain.DOUBLE) {
            return value.isNumber();
        }
        if (shape == Plain.BOOLEAN) {
            return value.isBoolean();
        }
        return value.isTextual() && isLiteral(shape);
    }
}

package dev.firn.schema.infer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.schema.avro.AvroKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** Whether a value of JSON can be written with an Avro schema without losing anything of it. */
final class Fits {

    private Fits() {}

    static boolean fits(JsonNode value, Schema schema) {
        return switch (AvroKind.of(schema)) {
            case UNION -> schema.getTypes().stream().anyMatch(branch -> fits(value, branch));
            case NULL -> value.isNull();
            case BOOLEAN -> value.isBoolean();
            case LONG -> value.isIntegralNumber() && value.canConvertToLong();
            case DOUBLE -> value.isNumber()
                    && BigDecimal.valueOf(value.doubleValue()).compareTo(value.decimalValue()) == 0;
            case DECIMAL -> value.isNumber() && isDecimal(value.decimalValue().stripTrailingZeros(), schema);
            case STRING -> value.isTextual() || value.isNumber();
            case UUID_TEXT -> value.isTextual()
                    && UUID.fromString(value.textValue()).toString().equalsIgnoreCase(value.textValue());
            case DATE -> isTime(value, LocalDate::parse);
            case TIME_MICROS -> isTime(value, LocalTime::parse);
            case TIMESTAMP_MICROS -> isTime(value, OffsetDateTime::parse);
            case LOCAL_TIMESTAMP_MICROS -> isTime(value, LocalDateTime::parse);
            case ARRAY -> value.isArray()
                    && StreamSupport.stream(value.spliterator(), false)
                            .allMatch(item -> fits(item, schema.getElementType()));
            case MAP -> value.isObject()
                    && StreamSupport.stream(value.spliterator(), false)
                            .allMatch(item -> fits(item, schema.getValueType()));
            case RECORD -> value.isObject() && isRecord(value, schema);
            default -> throw new AssertionError("nothing that is inferred: " + schema);
        };
    }

    private static boolean isDecimal(BigDecimal number, Schema schema) {
        int scale = AvroKind.scale(schema);
        return number.scale() <= scale
                && (long) number.precision() - number.scale() + scale <= AvroKind.precision(schema);
    }

    private static boolean isTime(JsonNode value, Function<String, TemporalAccessor> parser) {
        try {
            TemporalAccessor time = parser.apply(value.textValue());
            return !time.isSupported(ChronoField.NANO_OF_SECOND) || time.get(ChronoField.NANO_OF_SECOND) % 1_000 == 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isRecord(JsonNode value, Schema schema) {
        Set<String> known = new HashSet<>();
        for (Schema.Field field : schema.getFields()) {
            String name =
                    field.getProp("iceberg-field-name") == null ? field.name() : field.getProp("iceberg-field-name");
            known.add(name);
            JsonNode there =
                    value.has(name) ? value.get(name) : com.fasterxml.jackson.databind.node.NullNode.getInstance();
            if (!fits(there, field.schema())) {
                return false;
            }
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = value.fields(); fields.hasNext(); ) {
            if (!known.contains(fields.next().getKey())) {
                return false;
            }
        }
        return true;
    }
}

package dev.firn.schema.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an Avro schema says once its logical type counts. A logical type that is unknown, or invalid on its type (a
 * decimal without a precision, a date on a string), does not count, as Avro's specification has it.
 */
public enum AvroKind {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BYTES,
    FIXED,
    ENUM,
    RECORD,
    ARRAY,
    MAP,
    UNION,
    DECIMAL,
    DATE,
    TIME_MILLIS,
    TIME_MICROS,
    TIMESTAMP_MILLIS,
    TIMESTAMP_MICROS,
    LOCAL_TIMESTAMP_MILLIS,
    LOCAL_TIMESTAMP_MICROS,
    TIMESTAMP_NANOS,
    LOCAL_TIMESTAMP_NANOS,
    UUID_TEXT,
    UUID_BYTES,
    DURATION,
    /** A text with a point in time and its offset, as {@link ConnectTypes} finds it. */
    ZONED_TEXT,
    /** A record of a scale and an unscaled number, as {@link ConnectTypes} finds it. */
    VARIABLE_DECIMAL;

    private static final int UUID_SIZE = 16;
    private static final int DURATION_SIZE = 12;

    public static AvroKind of(Schema schema) {
        @Nullable String logical = schema.getProp("logicalType");
        String word = logical == null ? "" : logical;
        return switch (schema.getType()) {
            case NULL -> NULL;
            case BOOLEAN -> BOOLEAN;
            case INT -> ofInt(word);
            case LONG -> ofLong(word);
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case STRING -> ofText(word);
            case BYTES -> isDecimal(word, schema) ? DECIMAL : BYTES;
            case FIXED -> ofFixed(word, schema);
            case ENUM -> ENUM;
            case RECORD -> word.equals(ConnectTypes.VARIABLE_DECIMAL) ? VARIABLE_DECIMAL : RECORD;
            case ARRAY -> ARRAY;
            case MAP -> MAP;
            case UNION -> UNION;
        };
    }

    /** A decimal's digits in all; 0 where the schema does not say. */
    public static int precision(Schema decimal) {
        return number(decimal, "precision");
    }

    /** A decimal's digits behind the point. */
    public static int scale(Schema decimal) {
        return number(decimal, "scale");
    }

    private static AvroKind ofText(String word) {
        return switch (word) {
            case "uuid" -> UUID_TEXT;
            case ConnectTypes.ZONED_TEXT -> ZONED_TEXT;
            default -> STRING;
        };
    }

    private static AvroKind ofInt(String word) {
        return switch (word) {
            case "date" -> DATE;
            case "time-millis" -> TIME_MILLIS;
            default -> INT;
        };
    }

    private static AvroKind ofLong(String word) {
        return switch (word) {
            case "time-micros" -> TIME_MICROS;
            case "timestamp-millis" -> TIMESTAMP_MILLIS;
            case "timestamp-micros" -> TIMESTAMP_MICROS;
            case "local-timestamp-millis" -> LOCAL_TIMESTAMP_MILLIS;
            case "local-timestamp-micros" -> LOCAL_TIMESTAMP_MICROS;
            case "timestamp-nanos" -> TIMESTAMP_NANOS;
            case "local-timestamp-nanos" -> LOCAL_TIMESTAMP_NANOS;
            default -> LONG;
        };
    }

    private static AvroKind ofFixed(String word, Schema schema) {
        int size = schema.getFixedSize();
        if (word.equals("uuid") && size == UUID_SIZE) {
            return UUID_BYTES;
        }
        if (word.equals("duration") && size == DURATION_SIZE) {
            return DURATION;
        }
        // As many digits as fit into so many bytes with a sign, as the specification has it.
        boolean fits = precision(schema) <= Math.floor(Math.log10(2) * (8.0 * size - 1));
        return isDecimal(word, schema) && fits ? DECIMAL : FIXED;
    }

    private static boolean isDecimal(String word, Schema schema) {
        int scale = scale(schema);
        return word.equals("decimal") && precision(schema) > 0 && scale >= 0 && scale <= precision(schema);
    }

    private static int number(Schema schema, String property) {
        return schema.getObjectProp(property) instanceof Integer number ? number : 0;
    }
}

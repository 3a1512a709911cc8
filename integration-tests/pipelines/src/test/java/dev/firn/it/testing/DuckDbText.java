package dev.firn.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's values without a loss on their way: JDBC takes the names from structs, and JSON digits from numbers. So the query
 * makes a text of each scalar, texts themselves are hexadecimal UTF-8, and only structs, lists and maps are JSON.
 */
final class DuckDbText {

    private DuckDbText() {}

    /** The expression of a value of a type that another expression names. */
    static String expression(Type type, String value) {
        return switch (type.typeId()) {
            case STRUCT -> present(
                    value,
                    type.asStructType().fields().stream()
                            .map(field -> "'" + field.name() + "', "
                                    + expression(field.type(), "struct_extract(" + value + ", '" + field.name() + "')"))
                            .collect(Collectors.joining(", ", "json_object(", ")")));
            case LIST -> present(
                    value,
                    each(
                            value,
                            item -> "to_json(" + expression(type.asListType().elementType(), item) + ")"));
            case MAP -> present(
                    value,
                    each(
                            "map_entries(" + value + ")",
                            entry -> "json_array(hex(" + entry + ".key), "
                                    + expression(type.asMapType().valueType(), entry + ".value") + ")"));
            default -> scalar(type, value);
        };
    }

    private static String each(String list, UnaryOperator<String> made) {
        // One name for each level, for a lambda within a lambda sees both.
        String item = "i" + list.length();
        return "to_json(list_transform(" + list + ", " + item + " -> " + made.apply(item) + "))";
    }

    private static String present(String value, String made) {
        return "CASE WHEN " + value + " IS NULL THEN NULL ELSE " + made + " END";
    }

    private static String scalar(Type type, String value) {
        return switch (type.typeId()) {
            case STRING, BINARY, FIXED -> "hex(" + value + ")";
            case FLOAT, DOUBLE -> "CAST(CAST(" + value + " AS DOUBLE) AS VARCHAR)";
            case DATE -> finite(value, "date_diff('day', DATE '1970-01-01', " + value + ")", Integer.MAX_VALUE);
            case TIMESTAMP -> finite(value, "epoch_us(" + value + ")", Long.MAX_VALUE);
            default -> "CAST(" + value + " AS VARCHAR)";
        };
    }

    /** The last moment that a type has, and its negative, are DuckDB's infinities: no other number of the file is. */
    private static String finite(String value, String number, long infinite) {
        return "CASE WHEN isinf(%1$s) THEN CASE WHEN %1$s > DATE '1970-01-01' THEN '%3$d' ELSE '-%3$d' END ELSE CAST(%2$s AS VARCHAR) END"
                .formatted(value, number, infinite);
    }

    /** What came of it, spelled canonically. */
    static @Nullable Object value(Type type, JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        return switch (type.typeId()) {
            case STRUCT -> {
                Map<String, @Nullable Object> struct = new TreeMap<>();
                type.asStructType()
                        .fields()
                        .forEach(field -> struct.put(field.name(), value(field.type(), json.required(field.name()))));
                yield struct;
            }
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                json.forEach(item -> list.add(value(type.asListType().elementType(), item)));
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new TreeMap<>();
                json.forEach(entry -> map.put(
                        text(entry.required(0).textValue()),
                        value(type.asMapType().valueType(), entry.required(1))));
                yield map;
            }
            default -> Canonical.value(scalarOf(type, json.textValue()));
        };
    }

    private static Object scalarOf(Type type, String text) {
        return switch (type.typeId()) {
            case STRING -> text(text);
            case BINARY, FIXED -> HexFormat.of().parseHex(text);
            case FLOAT, DOUBLE -> real(text);
            case DECIMAL -> new BigDecimal(text);
            case DATE -> LocalDate.ofEpochDay(Long.parseLong(text));
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> {
                LocalDateTime moment = moment(Long.parseLong(text));
                yield ((Types.TimestampType) type).shouldAdjustToUTC() ? moment.atOffset(ZoneOffset.UTC) : moment;
            }
            case UUID -> UUID.fromString(text);
            default -> text;
        };
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    private static double real(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static LocalDateTime moment(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }
}

package dev.firn.schema.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What Kafka Connect's Avro says by {@code connect.name} of types for which Avro has a logical type, or none. Debezium has names for
 * what a database's column holds; what stands here under another name, or under none, is what Avro says of it.
 */
final class ConnectTypes {

    /** A text such as {@code 2018-06-20T13:37:03.123456Z}. */
    static final String ZONED_TEXT = "debezium-zoned-timestamp";

    /** A record of {@code scale}, an int, and {@code value}, the unscaled number with its highest byte first. */
    static final String VARIABLE_DECIMAL = "debezium-variable-scale-decimal";

    private static final String NAME = "connect.name";
    private static final String LOGICAL = "logicalType";

    /** Debezium's wall-clock times are of no zone, whatever their unit. */
    private static final String LOCAL_MILLIS = "local-timestamp-millis";

    private record Typed(String type, String logical) {}

    private static final Map<String, Typed> BY_NAME = Map.of(
            "io.debezium.time.Date", new Typed("int", "date"),
            "io.debezium.time.Time", new Typed("int", "time-millis"),
            "io.debezium.time.MicroTime", new Typed("long", "time-micros"),
            "io.debezium.time.Timestamp", new Typed("long", LOCAL_MILLIS),
            "io.debezium.time.MicroTimestamp", new Typed("long", "local-timestamp-micros"),
            "io.debezium.time.NanoTimestamp", new Typed("long", "local-timestamp-nanos"),
            "io.debezium.time.ZonedTimestamp", new Typed("string", ZONED_TEXT),
            "io.debezium.data.VariableScaleDecimal", new Typed("record", VARIABLE_DECIMAL),
            // With `time.precision.mode: connect`, of columns that have no zone either.
            "org.apache.kafka.connect.data.Timestamp", new Typed("long", LOCAL_MILLIS));

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectTypes() {}

    /** Whether Debezium has named a type, and not only Kafka Connect or Avro. */
    static boolean isDebeziums(Schema schema) {
        String name = schema.getProp(NAME);
        return name != null && name.startsWith("io.debezium.");
    }

    /** The schema with its types as logical ones. */
    static Schema typed(Schema schema) {
        try {
            JsonNode text = JSON.readTree(schema.toString());
            type(text);
            return AvroSchemas.parse(text.toString());
        } catch (JsonProcessingException | AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: a schema is none any more with its logical types", e);
        }
    }

    private static void type(JsonNode schema) {
        if (schema instanceof ObjectNode type && type.path(NAME).isTextual()) {
            Typed typed = BY_NAME.get(type.path(NAME).asText());
            if (typed != null
                    && type.path("type").asText().equals(typed.type())
                    && (!typed.logical().equals(VARIABLE_DECIMAL) || isVariableDecimal(type.path("fields")))) {
                type.put(LOGICAL, typed.logical());
            }
        }
        schema.forEach(ConnectTypes::type);
    }

    /** Its bytes are read as those of the two, so another record of that name is a record. */
    private static boolean isVariableDecimal(JsonNode fields) {
        return fields.size() == 2
                && isField(fields.path(0), "scale", "int")
                && isField(fields.path(1), "value", "bytes");
    }

    private static boolean isField(JsonNode field, String name, String type) {
        JsonNode said = field.path("type");
        JsonNode word = said.isObject() ? said.path("type") : said;
        return field.path("name").asText().equals(name) && word.asText().equals(type);
    }
}

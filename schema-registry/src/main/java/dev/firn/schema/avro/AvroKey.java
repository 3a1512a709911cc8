package dev.firn.schema.avro;

import dev.firn.spi.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Keys of records: often a record, as often a single number or text, which is read as a record of one field. */
public final class AvroKey {

    private static final String SINGLE = "value";

    private AvroKey() {}

    /** A record, whatever the key is; its bytes are the same. */
    public static Schema asRecord(Schema key) {
        return isRecord(key)
                ? key
                : Schema.createRecord("Key", null, "dev.firn", false, List.of(new Schema.Field(SINGLE, key)));
    }

    /**
     * The fields of a key, by the names of their columns and in their order.
     *
     * @param definition the key's schema, one that was mapped before
     * @param prefix in front of the names of a record's fields
     * @param column of a key that is a single value
     */
    public static Map<String, Column> fields(String definition, String prefix, String column) {
        Schema key = parsed(definition);
        Map<String, Column> fields = new LinkedHashMap<>();
        fields(key).forEach(field -> fields.put(isRecord(key) ? prefix + field.name() : column, field));
        return fields;
    }

    /** Whether a key is several values, each with a name; else it is a single one, which has none. */
    public static boolean isRecord(String definition) {
        return isRecord(parsed(definition));
    }

    /** The same with the types that Kafka Connect and Debezium have names for as Avro's logical ones. */
    public static String typed(String definition) {
        return ConnectTypes.typed(parsed(definition)).toString();
    }

    /** The same without what stands in for fields that older keys lack; names of before stay. */
    public static String withoutDefaults(String definition) {
        Schema key = parsed(definition);
        if (!isRecord(key)) {
            return definition;
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : key.getFields()) {
            Schema.Field bare = new Schema.Field(field.name(), field.schema(), field.doc());
            field.aliases().forEach(bare::addAlias);
            fields.add(bare);
        }
        Schema bare = Schema.createRecord(key.getName(), key.getDoc(), key.getNamespace(), key.isError(), fields);
        key.getAliases().forEach(bare::addAlias);
        return bare.toString();
    }

    private static boolean isRecord(Schema key) {
        return key.getType() == Schema.Type.RECORD;
    }

    private static List<Column> fields(Schema key) {
        return AvroColumns.of(asRecord(key), AvroRules.STRICT)
                .table()
                .orElseThrow(() -> new IllegalStateException("our bug: a plan has a key's schema that has no columns"))
                .columns();
    }

    private static Schema parsed(String definition) {
        try {
            return AvroSchemas.parse(definition);
        } catch (AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: a plan has a key's schema that is not valid Avro", e);
        }
    }
}

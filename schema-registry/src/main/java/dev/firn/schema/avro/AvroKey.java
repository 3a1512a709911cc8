package dev.firn.schema.avro;

import dev.firn.spi.schema.Column;
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
        return key.getType() == Schema.Type.RECORD
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
        Schema key;
        try {
            key = AvroSchemas.parse(definition);
        } catch (AvroSchemas.NotAvro e) {
            throw new IllegalStateException("our bug: a plan has a key's schema that is not valid Avro", e);
        }
        Map<String, Column> fields = new LinkedHashMap<>();
        AvroColumns.of(asRecord(key), AvroRules.STRICT)
                .table()
                .orElseThrow(() -> new IllegalStateException("our bug: a plan has a key's schema that has no columns"))
                .columns()
                .forEach(field ->
                        fields.put(key.getType() == Schema.Type.RECORD ? prefix + field.name() : column, field));
        return fields;
    }
}

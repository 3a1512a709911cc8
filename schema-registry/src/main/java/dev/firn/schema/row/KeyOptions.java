package dev.firn.schema.row;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;

/** The {@code key:} of a source. */
@Component(
        kind = "key",
        name = "key",
        summary = "What a record's key is: columns behind those of its value, and which row a record deletes.")
public record KeyOptions(
        @Required
                @Doc(
                        "How the key is encoded: `avro` in the Confluent frame, its schema under the subject `<topic>-key` of the `format`'s registry; or `string`, `int` or `long` as Kafka's own serializers write them.")
                @Example("avro")
                KeyType type,
        @Default("key_")
                @Doc("What stands in front of the names of a key's fields, where the key is an Avro record.")
                @Example("k_")
                String prefix,
        @Default("key") @Doc("The column of a key that is a single value.") @Example("order_key") String column,
        @Default("own")
                @Doc(
                        "Whether the key has columns of its own; with `none` it is read for records that delete rows alone, and its fields are those of the value with the same names.")
                @Example("none")
                Columns columns) {

    /** Whether a key has columns of its own. */
    public enum Columns {
        OWN,
        NONE
    }

    /** With columns of its own. */
    public KeyOptions(KeyType type, String prefix, String column) {
        this(type, prefix, column, Columns.OWN);
    }

    public boolean hasColumns() {
        return columns == Columns.OWN;
    }
}

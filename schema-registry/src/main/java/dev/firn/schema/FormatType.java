package dev.firn.schema;

import dev.firn.definition.bind.NotBuiltYet;
import java.util.Locale;

/** The words behind {@code format: {type: ...}}. */
public enum FormatType {
    /** Avro in the Confluent frame: a zero byte, the schema's id in four bytes, the record. */
    AVRO,
    /** A change of a database row in Debezium's envelope, as Avro in the Confluent frame. */
    DEBEZIUM_AVRO,
    /** A JSON object, in the Confluent frame or plain. */
    JSON,
    /** A change of a database row in Debezium's envelope, as JSON. */
    @NotBuiltYet
    DEBEZIUM_JSON,
    /** A Protobuf message in the Confluent frame. */
    PROTOBUF,
    /** Bytes, whatever they are: one column. */
    RAW;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether records are changes of rows. */
    public boolean isOfChanges() {
        return this == DEBEZIUM_AVRO || this == DEBEZIUM_JSON;
    }

    IllegalStateException notBuilt() {
        return new IllegalStateException("our bug: a plan was made with the format " + this + ", which is not built");
    }
}

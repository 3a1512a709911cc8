package dev.firn.schema;

/** The words behind {@code encoding}. */
public enum AvroEncoding {
    /** Avro's bytes, in the Confluent frame. */
    BINARY,
    /** Avro's own JSON, in that frame or plain. */
    JSON
}

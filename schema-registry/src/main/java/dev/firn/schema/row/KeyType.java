package dev.firn.schema.row;

/** The words behind {@code key: {type: ...}}. */
public enum KeyType {
    /** Avro in the Confluent frame. */
    AVRO,
    /** UTF-8. */
    STRING,
    /** Four bytes, the highest first. */
    INT,
    /** Eight bytes, the highest first. */
    LONG
}

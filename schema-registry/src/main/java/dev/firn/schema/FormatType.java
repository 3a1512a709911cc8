package dev.firn.schema;

/** The words behind {@code format: {type: ...}}. */
public enum FormatType {
    /** Avro in the Confluent frame: a zero byte, the schema's id in four bytes, the record. */
    AVRO,
    /** A JSON object, in the Confluent frame or plain. */
    JSON,
    /** A Protobuf message in the Confluent frame. */
    PROTOBUF,
    /** Bytes, whatever they are: one column. */
    RAW
}

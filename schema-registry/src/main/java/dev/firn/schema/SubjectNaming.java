package dev.firn.schema;

/** Under which subject a topic's schema is; the strategies of Confluent's serializers. */
public enum SubjectNaming {
    /** {@code <topic>-value}: one schema for a topic, with its versions. */
    TOPIC_NAME,
    /** The record's full name, whatever the topic. */
    RECORD_NAME,
    /** {@code <topic>-<the record's full name>}. */
    TOPIC_RECORD_NAME
}

package dev.firn.schema.json;

/** What happens to fields that a record has and its schema neither names nor forbids. */
public enum UnknownFields {
    /** They are in no column, as JSON Schema has it. */
    IGNORE,
    /** The record goes to quarantine. */
    QUARANTINE
}

package dev.firn.spi.notation;

/** What a notation may keep of a schema beside its types. */
public enum Trait {
    /** The record's name. */
    NAME,
    /** What stands in front of it. */
    NAMESPACE,
    /** What is said of the record. */
    RECORD_DOC,
    /** What is said of its fields. */
    DOCS,
    /** What is said of fields further down. */
    NESTED_DOCS,
    /** Names of types further down. */
    TYPE_NAMES,
    /** What is said of those types, and former names of any. */
    TYPE_DOCS,
    /** Former names of fields. */
    ALIASES,
    DEFAULTS,
    IDS,
    /** That a field further down is never null. */
    NESTED_REQUIRED,
    /** That an item of a list or a value of a map is never null. */
    ITEMS_REQUIRED,
    /** Keys of maps that are no texts. */
    KEYS,
    UNIONS,
    /** Records that contain themselves. */
    RECURSION,
    EMPTY_RECORDS
}

package dev.firn.spi.format;

import java.util.Locale;

/** Why a record went to quarantine; the words that the quarantine table and the ledger show, never changed once published. */
public enum RejectCode {
    /** The value does not start with the zero byte of a framed message. */
    WRONG_MAGIC_BYTE,
    /** The value, or what is behind its frame, is no JSON, where the format says that it is. */
    NOT_JSON,
    /** The bytes end before the record does. */
    TRUNCATED_PAYLOAD,
    /** The record ends before the bytes do. */
    TRAILING_BYTES,
    /** The registry does not know the id in the frame. */
    UNKNOWN_SCHEMA_ID,
    /** The registry could not say the schema for as long as {@code on-outage} allows, and the file wants to go on. */
    SCHEMA_UNAVAILABLE,
    /** The registry's schema for the id can't be mapped to columns. */
    UNMAPPABLE_SCHEMA,
    /** A string is not UTF-8. */
    BAD_UTF8,
    /** A decimal has more digits than its type allows. */
    DECIMAL_OVERFLOW,
    /** A value that its own schema forbids: a branch, symbol or length that does not exist, a date out of range. */
    INVALID_VALUE,
    /** The writer's schema has a field that the table lacks, or one of a type that the column can't take. */
    SCHEMA_NOT_IN_TABLE,
    /** The source has sent a row without one of its values, and has put a mark in its place. */
    VALUE_NOT_SENT,
    /** All rows of the source's table are gone, which is about none of them by itself. */
    TABLE_TRUNCATED,
    /** A column that the table requires is missing from the writer's schema, or null in the record. */
    MISSING_REQUIRED_COLUMN,
    /** The writer's schema would change the table in a way that the file keeps from it, or that the table can't follow. */
    SCHEMA_CHANGE_REFUSED,
    /** The row does not meet a condition of the table's {@code expect}. */
    RULE_BROKEN,
    /** The event of the row is too far behind the newest of its partition, by the table's {@code event-time}. */
    LATE,
    /** An expression of the file has no value for the record, or can't be applied to records of its schema. */
    EXPRESSION_FAILED,
    /** The table was dropped or renamed while the job ran, and the task that writes to it has started since. */
    TABLE_GONE,
    /** The table could not be committed to for as long as its {@code hold} allows, and the pipeline goes on without it. */
    TABLE_DETACHED,
    /** The table was paused by a change of a schema, as the file says, and waits for somebody to decide; so do its records. */
    TABLE_PAUSED,
    /** It was to be put back into a table whose rows replace each other, and a newer one of its key may have come since. */
    NEWER_ROW_POSSIBLE,
    /** No route names the stream, or the column that a route goes by is null or empty. */
    UNROUTED,
    /** The value that a route goes by leads to a table that is another value's, another route's or Firn's own. */
    TABLE_NAME_TAKEN,
    /** The value that a route goes by would need one more table than {@code max-tables} allows. */
    TOO_MANY_TABLES;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

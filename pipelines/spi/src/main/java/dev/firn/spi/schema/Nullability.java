package dev.firn.spi.schema;

/** Whether a value may be missing. */
public enum Nullability {
    REQUIRED,
    OPTIONAL
}

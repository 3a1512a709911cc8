package dev.firn.schema.compare;

/**
 * One difference between two schemas.
 *
 * @param path such as {@code lines[].price}, of the newer schema where the place is there; empty for the record itself
 * @param detail what was and what is, in a few words
 */
public record SchemaChange(ChangeKind kind, String path, String detail) {}

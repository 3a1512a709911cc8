package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;

/** A change, and what is done about it. */
public record Decided(SchemaChange change, Decision decision) {}

/**
 * Schemas between notations: one model that holds what Avro, Iceberg, Parquet, JSON Schema and SQL say of a record, and what a
 * notation implements to read or write it.
 */
@NullMarked
package dev.firn.spi.notation;

import org.jspecify.annotations.NullMarked;

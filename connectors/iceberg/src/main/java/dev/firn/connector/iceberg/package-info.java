/**
 * The sink: rows become data files of Iceberg tables, data files are staged as manifests, staged manifests are committed
 * exactly once, and the ledger says what was read for them. Every commit goes through
 * {@link dev.firn.connector.iceberg.GuardedTableOperations}; nothing here names Flink.
 */
@NullMarked
package dev.firn.connector.iceberg;

import org.jspecify.annotations.NullMarked;

/**
 * A Postgres as it speaks itself: its rows by {@code COPY}, its changes by logical replication with {@code pgoutput}, both as the texts that
 * its types write, in sessions with the same settings. So there is one way from a text to a value, and a row is the same whether a
 * snapshot or the log has it.
 *
 * <pre>
 *   PostgresAddress ─ PostgresCatalog ─ SourceTable ─────────── TableShape ─ Change
 *                     Readiness, Slots   │                         │
 *                                        ├─ TableRows ──── Tuple ──┤
 *                                        └─ ReplicationLog ─ LogMessage
 * </pre>
 *
 * <p>Nothing here knows of Flink or of pipelines. Whoever reads a table uses these and keeps the positions.
 */
@NullMarked
package dev.firn.connector.cdc.postgres;

import org.jspecify.annotations.NullMarked;

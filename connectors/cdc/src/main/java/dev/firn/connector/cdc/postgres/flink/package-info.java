/**
 * A Postgres database as a Flink source: rows of tables, then the log, each record with a position that the ledger can name.
 */
@NullMarked
package dev.firn.connector.cdc.postgres.flink;

import org.jspecify.annotations.NullMarked;

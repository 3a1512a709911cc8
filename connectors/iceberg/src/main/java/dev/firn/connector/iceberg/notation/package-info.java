/** Iceberg and Parquet as notations of schemas; nothing of it runs in a job. */
@NullMarked
package dev.firn.connector.iceberg.notation;

import org.jspecify.annotations.NullMarked;

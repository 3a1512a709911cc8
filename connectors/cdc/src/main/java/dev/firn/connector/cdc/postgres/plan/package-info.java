/** What a Postgres source says before a job runs: its tables, their columns, and how the database is. */
@NullMarked
package dev.firn.connector.cdc.postgres.plan;

import org.jspecify.annotations.NullMarked;

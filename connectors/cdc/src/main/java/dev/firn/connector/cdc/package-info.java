/**
 * Operational databases as sources: their rows, then the changes of their rows. Postgres is read by its own protocol; of MySQL here is what a pipeline
 * file says, which is read and checked, and a plan refuses it.
 */
@NullMarked
package dev.firn.connector.cdc;

import org.jspecify.annotations.NullMarked;

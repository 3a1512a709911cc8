/** A database's table, as its changes come through Kafka. */
@NullMarked
package dev.firn.it.testing.changes;

import org.jspecify.annotations.NullMarked;

/** Kafka Connect with the Iceberg sink connector, doing what Firn does. Knows nothing of Firn. */
@NullMarked
package dev.firn.benchmarks.connect;

import org.jspecify.annotations.NullMarked;

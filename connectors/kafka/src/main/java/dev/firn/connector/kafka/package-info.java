/**
 * Kafka as a source. Here is what a pipeline file says about it, and what can be checked without a broker: nothing in
 * this package names Kafka's or Flink's classes, so that {@code lint} runs without them.
 */
@NullMarked
package dev.firn.connector.kafka;

import org.jspecify.annotations.NullMarked;

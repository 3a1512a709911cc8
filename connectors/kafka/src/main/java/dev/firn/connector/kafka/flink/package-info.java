/** Reading Kafka inside a Flink job: the enumerator finds where splits start, the reader counts on from there. */
@NullMarked
package dev.firn.connector.kafka.flink;

import org.jspecify.annotations.NullMarked;

/** What a Kafka source of a topic would look like in a file: by its bytes, and by what a registry says of it. */
@NullMarked
package dev.firn.connector.kafka.proposal;

import org.jspecify.annotations.NullMarked;

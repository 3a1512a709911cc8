/** What is proposed for a topic's bytes. */
@NullMarked
package dev.firn.connector.kafka.proposal;

import org.jspecify.annotations.NullMarked;

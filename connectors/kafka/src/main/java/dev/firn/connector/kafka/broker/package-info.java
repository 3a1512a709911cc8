/** Asking a Kafka cluster: the settings of Firn's clients, what they answer, and why they do not. */
@NullMarked
package dev.firn.connector.kafka.broker;

import org.jspecify.annotations.NullMarked;

/** Tests of what can be said of a Kafka source without a broker, and how its file is bound in them. */
@NullMarked
package dev.firn.connector.kafka;

import org.jspecify.annotations.NullMarked;

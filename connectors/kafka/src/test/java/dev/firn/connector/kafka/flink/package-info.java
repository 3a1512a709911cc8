/** Tests of the package of the same name. */
@NullMarked
package dev.firn.connector.kafka.flink;

import org.jspecify.annotations.NullMarked;

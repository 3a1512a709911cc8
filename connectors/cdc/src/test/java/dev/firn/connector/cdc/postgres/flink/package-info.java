@NullMarked
package dev.firn.connector.cdc.postgres.flink;

import org.jspecify.annotations.NullMarked;

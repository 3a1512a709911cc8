/** A pipeline on one machine: a cluster in this process, and when it has caught up. */
@NullMarked
package dev.firn.flink.local;

import org.jspecify.annotations.NullMarked;

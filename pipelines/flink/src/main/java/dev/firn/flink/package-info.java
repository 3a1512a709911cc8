/** The fourth phase, {@code translate}: a plan becomes a Flink job. No decision is left to it. */
@NullMarked
package dev.firn.flink;

import org.jspecify.annotations.NullMarked;

/** How long records take to become visible: counted where they are written, told where they are committed. */
@NullMarked
package dev.firn.flink.latency;

import org.jspecify.annotations.NullMarked;

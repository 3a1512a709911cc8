/** Counting in band, folding by barrier, and the sums that must hold before a checkpoint may complete. */
@NullMarked
package dev.firn.flink.count;

import org.jspecify.annotations.NullMarked;

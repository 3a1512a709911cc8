/**
 * What others and Firn take for the same part of the way from a record to a snapshot, side by side; nothing of it is shipped.
 * {@link dev.firn.benchmarks.Part} lists the parts. Firn has no rules for values yet, so there is none to measure.
 */
@NullMarked
package dev.firn.benchmarks;

import org.jspecify.annotations.NullMarked;

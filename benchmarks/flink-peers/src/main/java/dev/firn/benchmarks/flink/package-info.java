/** Jobs that do without Firn what Firn does: in SQL, and written by hand. Knows nothing of Firn. */
@NullMarked
package dev.firn.benchmarks.flink;

import org.jspecify.annotations.NullMarked;

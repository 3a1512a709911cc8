/** How topics are filled. */
@NullMarked
package dev.firn.benchmarks.workload;

import org.jspecify.annotations.NullMarked;

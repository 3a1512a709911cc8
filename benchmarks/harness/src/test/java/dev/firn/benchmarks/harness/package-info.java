/** How processes are measured and told of. */
@NullMarked
package dev.firn.benchmarks.harness;

import org.jspecify.annotations.NullMarked;

/** How long a record takes from its creation until its row is visible in a table, whoever takes it there. */
@NullMarked
package dev.firn.benchmarks.latency;

import org.jspecify.annotations.NullMarked;

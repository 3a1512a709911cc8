/** The tables that contenders write to: made for them, counted, compared, removed. */
@NullMarked
package dev.firn.benchmarks.lake;

import org.jspecify.annotations.NullMarked;

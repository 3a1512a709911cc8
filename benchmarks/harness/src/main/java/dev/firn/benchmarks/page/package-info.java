/** The page that tells what was measured: its tables and plots come from the JSON of runs, its words from people. */
@NullMarked
package dev.firn.benchmarks.page;

import org.jspecify.annotations.NullMarked;

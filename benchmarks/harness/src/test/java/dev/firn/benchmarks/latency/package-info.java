@NullMarked
package dev.firn.benchmarks.latency;

import org.jspecify.annotations.NullMarked;

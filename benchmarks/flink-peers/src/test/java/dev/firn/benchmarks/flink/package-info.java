@NullMarked
package dev.firn.benchmarks.flink;

import org.jspecify.annotations.NullMarked;

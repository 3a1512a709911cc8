@NullMarked
package dev.firn.benchmarks.chart;

import org.jspecify.annotations.NullMarked;

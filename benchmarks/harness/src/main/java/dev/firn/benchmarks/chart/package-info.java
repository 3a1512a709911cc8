/** Figures drawn as SVG, for pages that are read on a light ground or a dark one, or aloud. */
@NullMarked
package dev.firn.benchmarks.chart;

import org.jspecify.annotations.NullMarked;

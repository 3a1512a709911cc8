@NullMarked
package dev.firn.benchmarks.connect;

import org.jspecify.annotations.NullMarked;

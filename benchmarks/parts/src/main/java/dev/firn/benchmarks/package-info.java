/** What others and Firn take for the same work, side by side; nothing of it is shipped. */
@NullMarked
package dev.firn.benchmarks;

import org.jspecify.annotations.NullMarked;

/** How pages are made. */
@NullMarked
package dev.firn.benchmarks.page;

import org.jspecify.annotations.NullMarked;

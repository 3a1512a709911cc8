/** How contents are compared. */
@NullMarked
package dev.firn.benchmarks.lake;

import org.jspecify.annotations.NullMarked;

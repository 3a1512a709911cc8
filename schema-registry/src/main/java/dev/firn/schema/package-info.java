/** What the bytes of a topic mean: the {@code format:} option, and the schemas that the planner reads for it. */
@NullMarked
package dev.firn.schema;

import org.jspecify.annotations.NullMarked;

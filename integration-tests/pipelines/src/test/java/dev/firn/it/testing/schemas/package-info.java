/** Schemas as real systems have them, data at the edges of their types, and what a table should hold of it. */
@NullMarked
package dev.firn.it.testing.schemas;

import org.jspecify.annotations.NullMarked;

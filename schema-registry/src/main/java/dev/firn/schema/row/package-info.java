/** A row is the columns of a value, those of its key, and those of where it came from. */
@NullMarked
package dev.firn.schema.row;

import org.jspecify.annotations.NullMarked;

/** Columns that are made of where a record came from, beside those of its value. */
@NullMarked
package dev.firn.schema.metadata;

import org.jspecify.annotations.NullMarked;

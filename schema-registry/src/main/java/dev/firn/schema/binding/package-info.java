/** What all formats share when the fields of records find their columns in a table, and what is said where they don't fit. */
@NullMarked
package dev.firn.schema.binding;

import org.jspecify.annotations.NullMarked;

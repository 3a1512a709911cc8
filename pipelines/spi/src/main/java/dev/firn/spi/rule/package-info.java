/** What the file says of the rows of a table: which records become rows, and what these should be like. */
@NullMarked
package dev.firn.spi.rule;

import org.jspecify.annotations.NullMarked;

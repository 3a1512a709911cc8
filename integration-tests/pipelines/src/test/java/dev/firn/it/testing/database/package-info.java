/** A database that a pipeline reads, and what happens in it meanwhile. */
@NullMarked
package dev.firn.it.testing.database;

import org.jspecify.annotations.NullMarked;

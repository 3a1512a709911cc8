/** What schema a table of a database has, by what its driver says. */
@NullMarked
package dev.firn.schema.infer.jdbc;

import org.jspecify.annotations.NullMarked;

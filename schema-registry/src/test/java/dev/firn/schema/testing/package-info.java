/** Schemas, values and servers for tests. */
@NullMarked
package dev.firn.schema.testing;

import org.jspecify.annotations.NullMarked;

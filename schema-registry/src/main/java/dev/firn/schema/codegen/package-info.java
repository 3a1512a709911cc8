/** Java classes of Avro schemas, written by Avro's own compiler. */
@NullMarked
package dev.firn.schema.codegen;

import org.jspecify.annotations.NullMarked;

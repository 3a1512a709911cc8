/** Avro as a notation of schemas: the one that keeps most. */
@NullMarked
package dev.firn.schema.notation.avro;

import org.jspecify.annotations.NullMarked;

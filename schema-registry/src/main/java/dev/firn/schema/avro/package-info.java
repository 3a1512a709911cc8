/** Avro as tables see it: the type table, and decoders that turn framed bytes into rows without a step between. */
@NullMarked
package dev.firn.schema.avro;

import org.jspecify.annotations.NullMarked;

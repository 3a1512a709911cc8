/** Protobuf messages: their schemas as Avro's, and their values as Avro's bytes, so that all rules of columns are the same. */
@NullMarked
package dev.firn.schema.protobuf;

import org.jspecify.annotations.NullMarked;

/** Protobuf as a notation of schemas, one that is read and not written. */
@NullMarked
package dev.firn.schema.notation.protobuf;

import org.jspecify.annotations.NullMarked;

/** Makes the bytes of a record that a file writes out, as the producer of its stream would. */
@NullMarked
package dev.firn.schema.given;

import org.jspecify.annotations.NullMarked;

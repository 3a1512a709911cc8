/** Schemas from one notation into another, with what gets lost on the way. */
@NullMarked
package dev.firn.schema.notation;

import org.jspecify.annotations.NullMarked;

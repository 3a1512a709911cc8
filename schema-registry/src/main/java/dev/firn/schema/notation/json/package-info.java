/** JSON Schema as a notation of schemas. */
@NullMarked
package dev.firn.schema.notation.json;

import org.jspecify.annotations.NullMarked;

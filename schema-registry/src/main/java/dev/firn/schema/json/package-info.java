/** Records that are JSON: a JSON Schema becomes columns, and a parser's tokens become rows. */
@NullMarked
package dev.firn.schema.json;

import org.jspecify.annotations.NullMarked;

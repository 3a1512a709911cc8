/** {@code CREATE TABLE} as a notation of schemas, in the dialects of four engines. */
@NullMarked
package dev.firn.schema.notation.sql;

import org.jspecify.annotations.NullMarked;

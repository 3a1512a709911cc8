/** Values that are bytes and nothing else. */
@NullMarked
package dev.firn.schema.raw;

import org.jspecify.annotations.NullMarked;

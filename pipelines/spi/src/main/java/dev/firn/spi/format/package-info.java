/** How bytes become rows: framing, schemas, decoders. */
@NullMarked
package dev.firn.spi.format;

import org.jspecify.annotations.NullMarked;

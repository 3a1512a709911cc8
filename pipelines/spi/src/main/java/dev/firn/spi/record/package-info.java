/** The envelope in which a record travels from its source to its outcome. */
@NullMarked
package dev.firn.spi.record;

import org.jspecify.annotations.NullMarked;

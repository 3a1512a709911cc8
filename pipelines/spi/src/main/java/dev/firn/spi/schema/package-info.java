/** Tables and their types in Firn's own words; a sink connector turns them into its own. */
@NullMarked
package dev.firn.spi.schema;

import org.jspecify.annotations.NullMarked;

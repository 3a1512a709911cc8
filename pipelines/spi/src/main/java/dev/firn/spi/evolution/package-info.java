/** What a table becomes when records come that were written with another schema than those before. */
@NullMarked
package dev.firn.spi.evolution;

import org.jspecify.annotations.NullMarked;

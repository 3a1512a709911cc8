/** Looking at tables: what is in a catalog, what a table is made of, how well it is, whether all of it is there. */
@NullMarked
package dev.firn.spi.inspection;

import org.jspecify.annotations.NullMarked;

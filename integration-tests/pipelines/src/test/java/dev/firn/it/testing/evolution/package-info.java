/** Tables whose topics change their schemas under load, and what must have become of every record. */
@NullMarked
package dev.firn.it.testing.evolution;

import org.jspecify.annotations.NullMarked;

/** Counting: what every operator says at a barrier, what an epoch is, and the sums that must hold. */
@NullMarked
package dev.firn.spi.ledger;

import org.jspecify.annotations.NullMarked;

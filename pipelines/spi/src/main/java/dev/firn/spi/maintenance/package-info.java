/** Keeping tables healthy: small files become large ones, old snapshots go, and so does what no snapshot knows. */
@NullMarked
package dev.firn.spi.maintenance;

import org.jspecify.annotations.NullMarked;

/** A pipeline on a cluster of processes: how it is submitted, fed, killed and read. */
@NullMarked
package dev.firn.it.testing.cluster;

import org.jspecify.annotations.NullMarked;

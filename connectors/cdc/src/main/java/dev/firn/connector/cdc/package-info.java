/**
 * Operational databases as sources: their rows, then the changes of their rows. Here is what a pipeline file says about
 * them, which is read and checked; reading them is not built yet, and a plan refuses it.
 */
@NullMarked
package dev.firn.connector.cdc;

import org.jspecify.annotations.NullMarked;

/** Takes tables and positions back to an epoch: what that means is found out and shown before anything is changed. */
@NullMarked
package dev.firn.cli.rewind;

import org.jspecify.annotations.NullMarked;

/** A sink that stops on command between two steps of a commit, so that a test can kill its process just there. */
@NullMarked
package dev.firn.it.testing.windows;

import org.jspecify.annotations.NullMarked;

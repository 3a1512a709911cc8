/** What the integration tests share. */
@NullMarked
package dev.firn.it.testing;

import org.jspecify.annotations.NullMarked;

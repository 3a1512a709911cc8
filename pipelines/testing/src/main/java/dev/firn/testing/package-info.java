/** Pipeline files under JUnit 5. */
@NullMarked
package dev.firn.testing;

import org.jspecify.annotations.NullMarked;

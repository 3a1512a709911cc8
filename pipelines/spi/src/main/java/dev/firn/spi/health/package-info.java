/** What a connector can say of the health of its outside, for people who look why a pipeline does not run. */
@NullMarked
package dev.firn.spi.health;

import org.jspecify.annotations.NullMarked;

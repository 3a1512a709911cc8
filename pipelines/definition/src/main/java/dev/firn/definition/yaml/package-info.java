/** The first phase, {@code read}: text becomes located nodes. */
@NullMarked
package dev.firn.definition.yaml;

import org.jspecify.annotations.NullMarked;

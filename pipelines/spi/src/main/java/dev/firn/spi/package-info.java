/** What a connector, a format or an operator implements, and the values that pass between them. */
@NullMarked
package dev.firn.spi;

import org.jspecify.annotations.NullMarked;

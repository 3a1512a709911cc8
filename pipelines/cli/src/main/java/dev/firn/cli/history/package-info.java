/** How a table's schema came to be what it is, on a screen and for programs. */
@NullMarked
package dev.firn.cli.history;

import org.jspecify.annotations.NullMarked;

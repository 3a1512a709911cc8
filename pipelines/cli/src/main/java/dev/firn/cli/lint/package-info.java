/** What {@code lint} says of a file, under every environment that it has to hold in. */
@NullMarked
package dev.firn.cli.lint;

import org.jspecify.annotations.NullMarked;

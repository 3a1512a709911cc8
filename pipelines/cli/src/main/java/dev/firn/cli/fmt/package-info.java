/** How {@code fmt} replaces a file. */
@NullMarked
package dev.firn.cli.fmt;

import org.jspecify.annotations.NullMarked;

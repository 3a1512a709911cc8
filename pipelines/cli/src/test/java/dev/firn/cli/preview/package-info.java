/** How a preview looks. */
@NullMarked
package dev.firn.cli.preview;

import org.jspecify.annotations.NullMarked;

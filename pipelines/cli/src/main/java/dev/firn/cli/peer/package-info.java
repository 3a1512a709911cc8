/** Files of other tools, what becomes of them here, and what will not be as it was. */
@NullMarked
package dev.firn.cli.peer;

import org.jspecify.annotations.NullMarked;

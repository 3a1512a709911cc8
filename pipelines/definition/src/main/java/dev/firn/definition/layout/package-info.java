/** How a file is laid out: read with its comments, put in the one form that there is, and printed; it means what it meant. */
@NullMarked
package dev.firn.definition.layout;

import org.jspecify.annotations.NullMarked;

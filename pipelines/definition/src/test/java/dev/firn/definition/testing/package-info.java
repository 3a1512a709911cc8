/** Connectors that only have options, for tests of what the definition says about a file. */
@NullMarked
package dev.firn.definition.testing;

import org.jspecify.annotations.NullMarked;

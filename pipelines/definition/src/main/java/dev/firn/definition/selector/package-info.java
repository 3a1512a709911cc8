/** The one language that selects: which streams are read, where they go, which settings a table gets. */
@NullMarked
package dev.firn.definition.selector;

import org.jspecify.annotations.NullMarked;

/** Two schemas side by side: what has changed from one to the other, in the words of schema evolution. */
@NullMarked
package dev.firn.schema.compare;

import org.jspecify.annotations.NullMarked;

/** What an expression can call: each function with its types, its words and its code in one place, and nothing of how a text is read. */
@NullMarked
package dev.firn.quality.expression.function;

import org.jspecify.annotations.NullMarked;

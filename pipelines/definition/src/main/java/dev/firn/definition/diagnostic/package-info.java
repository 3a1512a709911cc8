/** What is wrong, where, and how to mend it: every phase answers with these. */
@NullMarked
package dev.firn.definition.diagnostic;

import org.jspecify.annotations.NullMarked;

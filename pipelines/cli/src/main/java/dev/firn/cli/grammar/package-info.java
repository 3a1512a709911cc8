/** The grammar of the files, printed for editors and for readers: one walk over the records that the binder binds. */
@NullMarked
package dev.firn.cli.grammar;

import org.jspecify.annotations.NullMarked;

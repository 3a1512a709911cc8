/** The {@code firn} command, one class a verb: arguments in, a result on stdout, what is wrong on stderr, an exit code. */
@NullMarked
package dev.firn.cli;

import org.jspecify.annotations.NullMarked;

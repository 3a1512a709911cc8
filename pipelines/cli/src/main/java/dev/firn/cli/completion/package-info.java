/** Scripts with which shells complete the command, made from the command's own model. */
@NullMarked
package dev.firn.cli.completion;

import org.jspecify.annotations.NullMarked;

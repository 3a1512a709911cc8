/** What is found out about tables, on a screen and for programs. */
@NullMarked
package dev.firn.cli.table;

import org.jspecify.annotations.NullMarked;

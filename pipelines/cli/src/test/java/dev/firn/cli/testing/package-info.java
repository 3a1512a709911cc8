/** The command inside the test's process. */
@NullMarked
package dev.firn.cli.testing;

import org.jspecify.annotations.NullMarked;

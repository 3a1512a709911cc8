/** {@code firn schema rollback}: takes the columns of a table back to an older version of its schema, and lets newer ones go on again. */
@NullMarked
package dev.firn.cli.rollback;

import org.jspecify.annotations.NullMarked;

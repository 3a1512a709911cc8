/** {@code firn schema plan}: what a schema that is not registered yet would do to the tables of a pipeline. */
@NullMarked
package dev.firn.cli.outlook;

import org.jspecify.annotations.NullMarked;

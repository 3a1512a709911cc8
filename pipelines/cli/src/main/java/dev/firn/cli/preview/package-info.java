/** Shows what a pipeline would make of records that lie in its sources now. */
@NullMarked
package dev.firn.cli.preview;

import org.jspecify.annotations.NullMarked;

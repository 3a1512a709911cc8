/** What {@code firn help TOPIC} knows: the pages of error codes, and the options of the pipeline file from their records. */
@NullMarked
package dev.firn.cli.help;

import org.jspecify.annotations.NullMarked;

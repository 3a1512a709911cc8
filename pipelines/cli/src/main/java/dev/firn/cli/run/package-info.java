/** A pipeline run on this machine, from its plan to its account of every record. */
@NullMarked
package dev.firn.cli.run;

import org.jspecify.annotations.NullMarked;

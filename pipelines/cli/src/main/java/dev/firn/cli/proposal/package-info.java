/** A pipeline file for a stream that has none yet, made of what a sample of it shows; each line says why it is there. */
@NullMarked
package dev.firn.cli.proposal;

import org.jspecify.annotations.NullMarked;

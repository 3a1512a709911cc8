/** Complaints that are meant: a code with the reason, in the pipeline's own section. */
@NullMarked
package dev.firn.definition.suppression;

import org.jspecify.annotations.NullMarked;

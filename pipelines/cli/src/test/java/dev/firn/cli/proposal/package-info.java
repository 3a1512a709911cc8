/** What a sample suggests, and what is not said where it suggests nothing. */
@NullMarked
package dev.firn.cli.proposal;

import org.jspecify.annotations.NullMarked;

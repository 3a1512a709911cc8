/** What lies in quarantine, for people and for programs. */
@NullMarked
package dev.firn.cli.quarantine;

import org.jspecify.annotations.NullMarked;

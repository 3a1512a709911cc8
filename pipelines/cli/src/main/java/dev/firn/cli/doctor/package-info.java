/** What {@code doctor} looks at, and how it says what it saw. */
@NullMarked
package dev.firn.cli.doctor;

import org.jspecify.annotations.NullMarked;

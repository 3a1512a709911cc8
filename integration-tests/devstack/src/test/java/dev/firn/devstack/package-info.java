/** The stack is started as its users start it, and asked with clients that are not its own. */
@NullMarked
package dev.firn.devstack;

import org.jspecify.annotations.NullMarked;

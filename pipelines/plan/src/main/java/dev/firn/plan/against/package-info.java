/** A stored plan is held against the one of now: each rule is one way to lose or double rows, or to think so. */
@NullMarked
package dev.firn.plan.against;

import org.jspecify.annotations.NullMarked;

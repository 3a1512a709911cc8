/** What must hold of every plan, whatever the file says: where it does not, the bug is ours, and nothing is run. */
@NullMarked
package dev.firn.plan.sanity;

import org.jspecify.annotations.NullMarked;

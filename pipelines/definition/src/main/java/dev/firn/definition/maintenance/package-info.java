/** What {@code maintenance:} says: when files are compacted, snapshots expired and orphans removed. */
@NullMarked
package dev.firn.definition.maintenance;

import org.jspecify.annotations.NullMarked;

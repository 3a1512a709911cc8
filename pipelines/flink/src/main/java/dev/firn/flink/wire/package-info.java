/** How Firn's values travel between tasks and into state: explicit, versioned bytes, never Kryo. */
@NullMarked
package dev.firn.flink.wire;

import org.jspecify.annotations.NullMarked;

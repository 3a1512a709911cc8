/** What a pipeline would make of a few records: routed and decoded as its job does it, and written nowhere. */
@NullMarked
package dev.firn.flink.preview;

import org.jspecify.annotations.NullMarked;

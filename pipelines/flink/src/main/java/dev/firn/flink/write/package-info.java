/** Raw messages become files: batches of one table and schema go to the sink's writers. */
@NullMarked
package dev.firn.flink.write;

import org.jspecify.annotations.NullMarked;

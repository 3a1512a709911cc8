/** Epochs become ledger rows and table commits, off the task thread. */
@NullMarked
package dev.firn.flink.commit;

import org.jspecify.annotations.NullMarked;

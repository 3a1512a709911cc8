/** What a run goes on from: a saved state is read, held against the ledger, and taken, moved forward or refused. */
@NullMarked
package dev.firn.flink.resume;

import org.jspecify.annotations.NullMarked;

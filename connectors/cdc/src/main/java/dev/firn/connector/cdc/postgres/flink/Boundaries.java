package dev.firn.connector.cdc.postgres.flink;

import java.util.Map;
import java.util.TreeMap;

/**
 * What of the log checkpoints stand on. The ledger gets a checkpoint's epoch behind its completion, and before the next one is complete: what a checkpoint
 * stands on may be let go then, and no sooner, so that neither Flink's state nor the ledger is behind what the database still has.
 */
final class Boundaries {

    private final TreeMap<Long, Long> taken = new TreeMap<>();
    private long complete;

    void taken(long checkpoint, long boundary) {
        taken.put(checkpoint, boundary);
    }

    /** Answers up to where the log may be let go now; 0 for nothing. */
    long complete(long checkpoint) {
        long before = complete;
        Map.Entry<Long, Long> now = taken.floorEntry(checkpoint);
        if (now != null) {
            complete = now.getValue();
            taken.headMap(checkpoint, true).clear();
        }
        return before;
    }
}

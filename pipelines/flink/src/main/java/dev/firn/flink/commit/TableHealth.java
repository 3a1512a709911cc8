package dev.firn.flink.commit;

import dev.firn.flink.latency.VisibleAfter;
import dev.firn.plan.TableCommits;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.Optional;

/**
 * How a table's commits go at one moment.
 *
 * @param openEpochs how many are in the ledger and wait for the table
 * @param stagedRecords and
 * @param stagedBytes what they hold
 * @param oldest how long the oldest of them has been waiting
 * @param failedAttempts in a row
 * @param heldFor how long the table can't be committed to, if that is so: attempts fail, or one does not come back
 * @param reason of the last failure, in a sentence; what is wrong, where the table is held
 * @param landedEpoch the last that went in since the job has started; 0 before the first
 * @param detached what the ledger says, if the job goes on without the table, which then is not held
 * @param visibleAfter how long the rows of the last minute's commits took to become visible, or of the last before it
 */
public record TableHealth(
        TableName table,
        int openEpochs,
        long stagedRecords,
        long stagedBytes,
        Duration oldest,
        int failedAttempts,
        Optional<Duration> heldFor,
        String reason,
        long landedEpoch,
        Optional<DetachedTable> detached,
        VisibleAfter visibleAfter) {

    /** One whose rows nothing is known of. */
    public TableHealth(
            TableName table,
            int openEpochs,
            long stagedRecords,
            long stagedBytes,
            Duration oldest,
            int failedAttempts,
            Optional<Duration> heldFor,
            String reason,
            long landedEpoch,
            Optional<DetachedTable> detached) {
        this(
                table,
                openEpochs,
                stagedRecords,
                stagedBytes,
                oldest,
                failedAttempts,
                heldFor,
                reason,
                landedEpoch,
                detached,
                VisibleAfter.UNKNOWN);
    }

    /** Whether what is staged has been waiting for so long that somebody should know. */
    public boolean hasOldFiles() {
        return oldest.compareTo(TableCommits.HALF_ORPHAN_AGE) > 0;
    }

    public boolean isHeld() {
        return heldFor.isPresent();
    }
}

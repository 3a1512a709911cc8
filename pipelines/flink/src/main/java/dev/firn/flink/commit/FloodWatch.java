package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.WrittenEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Ends a job whose quarantine is flooded, as {@code halt-above} says, before the epoch that makes it a flood is committed: its records
 * are read again by the next run, as if this one had never seen them.
 *
 * <pre>
 *   ledger: epochs of the span --+
 *                                +--> sums of the span --> above the share, and the newest epoch is, too --> the job ends
 *   the epoch that is closed ----+
 * </pre>
 *
 * The span begins in the ledger, so it goes on where a job starts again. What it has of before is never above the share, or that job would
 * have ended; it gets so only as better records leave it, and therefore the newest epoch has to be above the share as well: what is mended halts
 * nothing. Time is when epochs were closed, to a 600th of the span.
 */
final class FloodWatch {

    /** So many in quarantine are none too few to speak of a share. */
    static final long LEAST = 100;

    private static final int SLOTS = 600;

    /** Savepoints, and jobs that start again, make some epochs more than there are intervals in a span. */
    private static final long MORE_EPOCHS = 100;

    private final HaltOptions limit;
    private final LongSupplier now;
    private final long slotMillis;
    private final TreeMap<Long, QuarantineShare> slots = new TreeMap<>();

    /** @param now milliseconds since 1970 */
    FloodWatch(HaltOptions limit, LongSupplier now) {
        this.limit = limit;
        this.now = now;
        this.slotMillis = Math.max(1, limit.over().toMillis() / SLOTS);
    }

    /** Reads what the ledger has of the span. */
    void remember(Ledger ledger, LedgerState known, Duration checkpointInterval) {
        long epochs = limit.over().toMillis() / Math.max(1, checkpointInterval.toMillis()) + MORE_EPOCHS;
        ledger.history(Math.max(0, known.lastEpoch() - epochs), this::remember);
    }

    /** Leaves out what does not count: older epochs, several added up to one, and what was taken back. */
    void remember(WrittenEpoch written) {
        boolean isOne = written.first() == written.epoch().number();
        if (isOne && written.takenBack().isEmpty() && written.rewind().isEmpty() && isOfTheSpan(written.at())) {
            add(written.at().toEpochMilli(), QuarantineShare.of(written.epoch()));
        }
    }

    private boolean isOfTheSpan(Instant at) {
        return at.toEpochMilli() > now.getAsLong() - limit.over().toMillis();
    }

    /** Takes one that has been let through before. */
    void take(Epoch epoch) {
        add(now.getAsLong(), QuarantineShare.of(epoch));
    }

    /**
     * Takes an epoch that is about to be committed.
     *
     * @throws QuarantineFlooded if it must not be
     */
    void require(Epoch epoch) {
        take(epoch);
        slots.headMap(slot(now.getAsLong() - limit.over().toMillis()), true).clear();
        QuarantineShare span = QuarantineShare.sum(slots.values());
        if (span.quarantined() >= LEAST
                && span.isAbove(limit.share())
                && QuarantineShare.of(epoch).isAbove(limit.share())) {
            throw new QuarantineFlooded(limit, span, epoch);
        }
    }

    private void add(long at, QuarantineShare share) {
        slots.merge(slot(at), share, QuarantineShare::plus);
    }

    private long slot(long millis) {
        return Math.floorDiv(millis, slotMillis);
    }
}

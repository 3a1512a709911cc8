package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.WrittenEpoch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Ends a job whose quarantine is flooded, as {@code halt-above} says, before the epoch that makes it a flood is committed: its records
 * are read again by the next run, as if this one had never seen them.
 *
 * <pre>
 *   ledger: epochs of before ----+
 *                                +--> {@link FloodSpan} --> is it a flood? --> the job ends
 *   the epoch that is closed ----+
 * </pre>
 *
 * The span begins in the ledger, so it goes on where a job starts again. An epoch in the ledger that is a flood by what the file says now was let through by
 * somebody, with a larger share or none: neither it nor what was before it counts again.
 */
final class FloodWatch {

    /** Savepoints, and jobs that start again, make some epochs more than there are intervals in a span. */
    private static final long MORE_EPOCHS = 100;

    private final HaltOptions limit;
    private final LongSupplier now;
    private final FloodSpan span;

    /** @param now milliseconds since 1970 */
    FloodWatch(HaltOptions limit, LongSupplier now) {
        this.limit = limit;
        this.now = now;
        this.span = new FloodSpan(limit);
    }

    /** Reads what the ledger has of the span; further back where its epochs were shorter than those to come. */
    void remember(Ledger ledger, LedgerState known, Duration checkpointInterval) {
        long epochs = rememberedMillis() / Math.max(1, checkpointInterval.toMillis()) + MORE_EPOCHS;
        while (true) {
            long after = Math.max(0, known.lastEpoch() - epochs);
            AtomicLong oldest = new AtomicLong(Long.MAX_VALUE);
            span.forget();
            ledger.history(after, written -> {
                oldest.accumulateAndGet(written.at().toEpochMilli(), Math::min);
                remember(written);
            });
            if (after == 0 || !isRemembered(oldest.get())) {
                return;
            }
            epochs *= 2;
        }
    }

    /**
     * Takes one of the ledger, in its order, and leaves out what does not count: older epochs, several added up to one, and what was
     * taken back.
     */
    void remember(WrittenEpoch written) {
        boolean isOne = written.first() == written.epoch().number();
        long at = written.at().toEpochMilli();
        if (isOne && written.takenBack().isEmpty() && written.rewind().isEmpty() && isRemembered(at)) {
            letThrough(written.epoch(), at);
        }
    }

    /** Two spans: whether the first epochs of the last one were a flood depends on the one before it. */
    private long rememberedMillis() {
        return 2 * limit.over().toMillis();
    }

    private boolean isRemembered(long at) {
        return at > now.getAsLong() - rememberedMillis();
    }

    /** Takes one that is on its way to the ledger. */
    void take(Epoch epoch) {
        letThrough(epoch, now.getAsLong());
    }

    private void letThrough(Epoch epoch, long at) {
        if (span.isFloodWith(QuarantineShare.of(epoch), at)) {
            span.forget();
        }
    }

    /**
     * Takes an epoch that is about to be committed.
     *
     * @throws QuarantineFlooded if it must not be
     */
    void require(Epoch epoch) {
        if (span.isFloodWith(QuarantineShare.of(epoch), now.getAsLong())) {
            throw new QuarantineFlooded(limit, span.sum(), epoch);
        }
    }
}

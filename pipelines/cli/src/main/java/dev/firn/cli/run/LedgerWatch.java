package dev.firn.cli.run;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger as somebody sees it who watches a job. While the catalog is away the job waits for it, and so does this: what
 * could not be looked at is looked at later.
 */
final class LedgerWatch implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Ledger ledger;
    private final Asked<LedgerState> asked;
    private final List<Epoch> epochs = new ArrayList<>();
    private long lastEpoch;

    /** @param after the number of the last epoch that is not told */
    LedgerWatch(Ledger ledger, long after) {
        this(ledger, after, BETWEEN);
    }

    LedgerWatch(Ledger ledger, long after, Duration between) {
        this.ledger = ledger;
        this.lastEpoch = after;
        this.asked = new Asked<>("ledger-watch", between, this::look);
    }

    void keepLooking() {
        asked.keepAsking();
    }

    private LedgerState look() {
        LedgerState now = ledger.read();
        addEpochs(now.lastEpoch());
        return now;
    }

    private synchronized void addEpochs(long last) {
        if (last > lastEpoch) {
            epochs.addAll(ledger.since(lastEpoch));
            epochs.stream().mapToLong(Epoch::number).max().ifPresent(number -> lastEpoch = number);
        }
    }

    /** The ledger as it was seen last, if it could be seen yet. */
    Optional<LedgerState> newest() {
        return asked.newest();
    }

    /** Why the ledger can't be seen now, if it can't. */
    Optional<String> complaint() {
        return asked.complaint();
    }

    /** The epochs that came since the last call, in order. */
    synchronized List<Epoch> newEpochs() {
        List<Epoch> told = List.copyOf(epochs);
        epochs.clear();
        return told;
    }

    /** Looks once more, when the job has ended; answers why that could not be done, if it could not. */
    Optional<String> lookForTheLastTime() throws InterruptedException {
        asked.close();
        try {
            look();
            return Optional.empty();
        } catch (RuntimeException blind) {
            return Optional.of(String.valueOf(blind.getMessage()));
        }
    }

    @Override
    public void close() throws InterruptedException {
        asked.close();
    }
}

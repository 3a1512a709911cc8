package dev.firn.flink.commit;

import dev.firn.flink.count.BalanceSheet;
import dev.firn.flink.count.EpochFold;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The epochs on their way to the ledger, and where the next one has to begin. What is wrong here would be wrong again
 * after a restart.
 *
 * <pre>
 *   restored --+
 *              +--> [confirmed] --> handed over --> [written ahead] forgotten
 *   folded ----+
 * </pre>
 */
final class UnwrittenEpochs {

    /** What may wait for a ledger that can't be written. Every checkpoint holds all of it, and the task waits meanwhile. */
    record Room(int epochs, long bytes) {

        /** Eight hours of a checkpoint every 30 s, where epochs are small. */
        static final Room DEFAULT = new Room(1_000, 64L << 20);
    }

    private final CommitterConfig settings;
    private final Room room;
    private final Positions positions;
    private final TreeMap<Long, byte[]> states = new TreeMap<>();
    private final TreeMap<Long, Epoch> epochs = new TreeMap<>();
    private final Optional<Rewound> lastRewind;
    private final long lastInLedger;
    private long lastFolded;
    private long lastConfirmed;

    UnwrittenEpochs(CommitterConfig settings, LedgerState known) {
        this(settings, known, Room.DEFAULT);
    }

    UnwrittenEpochs(CommitterConfig settings, LedgerState known, Room room) {
        if (known.lastRun() > settings.run()) {
            throw new Ledger.RunSuperseded(settings.run(), known.lastRun());
        }
        if (known.lastRun() < settings.run()) {
            throw new CommitRefused("run " + settings.run() + " stops: its ledger knows runs up to " + known.lastRun()
                    + " only, so it was dropped and made anew, or rolled back");
        }
        this.settings = settings;
        this.room = room;
        this.positions = new Positions(known.positions());
        this.lastRewind = known.lastRewind();
        this.lastInLedger = known.lastEpoch();
        this.lastFolded = known.lastEpoch();
        this.lastConfirmed = known.lastEpoch();
    }

    /** @param run that a restored state is of; 0 where it does not say */
    void requireNoRewindSince(long run) {
        if (lastRewind.isPresent() && run < lastRewind.get().run()) {
            throw new CommitRefused("the state is of "
                    + (run == 0 ? "a run before run " + lastRewind.get().run() : "run " + run)
                    + ", and run " + lastRewind.get().run() + " has taken the ledger back to epoch "
                    + lastRewind.get().to() + " since: start without a state, and it goes on from the ledger");
        }
    }

    /**
     * Takes back what a checkpoint held. It is complete, or nobody could restore it, so its epochs are confirmed.
     *
     * @return those that did not reach the ledger before the job ended, in order
     */
    List<Epoch> restore(Iterable<byte[]> state) throws IOException {
        List<Epoch> pending = new ArrayList<>();
        for (byte[] bytes : state) {
            Epoch epoch = LedgerCodec.decodeEpoch(bytes);
            if (epoch.number() > lastInLedger) {
                pending.add(epoch);
            }
        }
        pending.sort(Comparator.comparingLong(Epoch::number));
        List<Epoch> restored = new ArrayList<>();
        for (Epoch epoch : pending) {
            restored.add(goOnWith(epoch));
        }
        lastConfirmed = lastFolded;
        return restored;
    }

    private Epoch goOnWith(Epoch epoch) {
        if (epoch.number() != lastFolded + 1) {
            throw new CommitRefused("the state holds epoch " + epoch.number() + ", the ledger ends with epoch "
                    + lastFolded + ": the epochs between are lost, so the ledger was rolled back"
                    + " or belongs to another pipeline");
        }
        // This run makes it durable, so it answers for it; who read it stands in the files' names.
        Epoch mine = new Epoch(
                epoch.number(),
                settings.run(),
                epoch.planHash(),
                epoch.checkpoint(),
                epoch.progress(),
                epoch.outcomes(),
                epoch.staged(),
                epoch.schemas());
        put(mine);
        return mine;
    }

    /** Makes an epoch of what has come since the last barrier, if anything has, and proves its sums. */
    Optional<Epoch> close(EpochFold fold, long checkpoint) {
        fold.forget(positions::has);
        Optional<Epoch> folded = fold.close(lastFolded + 1, settings.run(), settings.planHash(), checkpoint);
        if (folded.isPresent()) {
            prove(folded.get());
            put(folded.get());
        }
        return folded;
    }

    private void prove(Epoch epoch) {
        BalanceSheet sheet = BalanceSheet.of(epoch, settings.quarantine());
        if (!sheet.holds()) {
            throw new IllegalStateException("our bug: the sums of epoch " + epoch.number()
                    + " do not hold, so nothing of it is committed\n" + sheet);
        }
    }

    private void put(Epoch epoch) {
        positions.advance(epoch);
        lastFolded = epoch.number();
        epochs.put(epoch.number(), epoch);
        states.put(epoch.number(), LedgerCodec.encode(epoch));
    }

    /**
     * Throws where more waits for the ledger than a state should hold; then the last checkpoint is the one to go on from.
     *
     * @param failure why the ledger was not written, if it is known
     */
    void requireRoom(Optional<String> failure) {
        long bytes = states.values().stream().mapToLong(state -> state.length).sum();
        if (states.size() <= 1 || (states.size() <= room.epochs() && bytes <= room.bytes())) {
            return;
        }
        throw new OutsideException(String.format(
                Locale.ROOT,
                "the ledger has taken nothing since epoch %d: %,d epochs (%,d bytes) wait in the job's state, and no more"
                        + " than %,d (%,d bytes) may%s. The job stops; nothing is lost. Start it again when the ledger can"
                        + " be written",
                states.firstKey() - 1,
                states.size(),
                bytes,
                room.epochs(),
                room.bytes(),
                failure.map(reason -> "; the last attempt: " + reason).orElse("")));
    }

    /** What operator state holds. */
    List<byte[]> state() {
        return List.copyOf(states.values());
    }

    /**
     * Epochs that may go to the ledger now, in order, each told once. A checkpoint confirms all before it, for their
     * epochs are in its state too.
     */
    List<Epoch> confirmed(long checkpoint) {
        List<Epoch> confirmed = epochs.tailMap(lastConfirmed, false).values().stream()
                .filter(epoch -> epoch.checkpoint() <= checkpoint)
                .toList();
        for (Epoch epoch : confirmed) {
            lastConfirmed = epoch.number();
        }
        return confirmed;
    }

    void writtenAhead(long epoch) {
        epochs.remove(epoch);
        states.remove(epoch);
    }
}

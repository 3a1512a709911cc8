package dev.firn.flink.commit;

import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The epochs that wait for one table, in order; thread-safe. All are in the ledger, so those that memory has no room for are
 * only counted, and read from there again when their turn comes.
 */
final class StagedQueue {

    /** How many epochs are looked through at a time for what memory had no room for. */
    static final int READ_AT_ONCE = 256;

    /** What waits: how much, and since when. */
    record Waiting(int epochs, long records, long bytes, long sinceNanos) {

        /** How long the oldest has been waiting. */
        Duration age(long nowNanos) {
            return epochs == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, nowNanos - sinceNanos));
        }
    }

    /**
     * What is committed together.
     *
     * @param through the last epoch that this settles; those between have no rows for the table
     */
    record Batch(List<StagedEpoch> epochs, long through) {
        Batch {
            epochs = List.copyOf(epochs);
        }
    }

    /** @param taken whether it took room from the memory that all tables share */
    private record Held(StagedEpoch epoch, long sinceNanos, boolean taken) {}

    private final TableName table;
    private final Ledger ledger;
    private final PointerMemory memory;
    private final Deque<Held> inMemory = new ArrayDeque<>();

    /** Of the epochs that are only counted; they follow those in memory. */
    private long firstCounted;

    private long lastCounted;
    private int countedEpochs;
    private long countedSince;

    private int epochs;
    private long records;
    private long bytes;

    StagedQueue(TableName table, Ledger ledger, PointerMemory memory) {
        this.table = table;
        this.ledger = ledger;
        this.memory = memory;
    }

    /** @param sinceNanos when the epoch was staged, on the clock of the lanes */
    synchronized void add(StagedEpoch epoch, long sinceNanos) {
        epochs++;
        records += epoch.records();
        bytes += epoch.bytes();
        if (countedEpochs == 0) {
            boolean taken = memory.take(epoch);
            // One fits always, or a table that is well would read the ledger at each commit because another is not.
            if (taken || inMemory.isEmpty()) {
                inMemory.add(new Held(epoch, sinceNanos, taken));
                return;
            }
        }
        if (countedEpochs == 0) {
            firstCounted = epoch.epoch();
            countedSince = sinceNanos;
        }
        countedEpochs++;
        lastCounted = epoch.epoch();
    }

    /** Takes what waits in the ledger for a table that is detached, without reading what it is. */
    synchronized void count(WaitingEpochs waiting, long sinceNanos) {
        if (waiting.epochs() > 0) {
            epochs += waiting.epochs();
            records += waiting.records();
            bytes += waiting.bytes();
            firstCounted = waiting.first();
            lastCounted = waiting.last();
            countedEpochs = waiting.epochs();
            countedSince = sinceNanos;
        }
    }

    /** Forgets what memory holds of it: it may be a long time before it is needed, and is read from the ledger then. */
    synchronized void countOnly() {
        if (inMemory.isEmpty()) {
            return;
        }
        Held first = inMemory.getFirst();
        firstCounted = first.epoch().epoch();
        countedSince = first.sinceNanos();
        if (countedEpochs == 0) {
            lastCounted = inMemory.getLast().epoch().epoch();
        }
        countedEpochs += inMemory.size();
        inMemory.stream().filter(Held::taken).forEach(held -> memory.giveBack(held.epoch()));
        inMemory.clear();
    }

    synchronized boolean isEmpty() {
        return epochs == 0;
    }

    synchronized boolean hasCountedOnly() {
        return countedEpochs > 0;
    }

    synchronized Waiting waiting() {
        Held oldest = inMemory.peek();
        return new Waiting(epochs, records, bytes, oldest == null ? countedSince : oldest.sinceNanos());
    }

    /** What comes next: all that is in memory, else a part of the rest; may block. Nothing is taken out. */
    Batch next() {
        long after;
        long through;
        synchronized (this) {
            if (!inMemory.isEmpty()) {
                return new Batch(
                        inMemory.stream().map(Held::epoch).toList(),
                        inMemory.getLast().epoch().epoch());
            }
            if (countedEpochs == 0) {
                return new Batch(List.of(), 0);
            }
            after = firstCounted - 1;
            through = Math.min(lastCounted, after + READ_AT_ONCE);
        }
        return new Batch(ledger.staged(table, after, through), through);
    }

    /** A batch is in the table. */
    synchronized void landed(Batch batch) {
        for (StagedEpoch epoch : batch.epochs()) {
            epochs--;
            records -= epoch.records();
            bytes -= epoch.bytes();
        }
        if (!inMemory.isEmpty()) {
            while (!inMemory.isEmpty() && inMemory.getFirst().epoch().epoch() <= batch.through()) {
                Held landed = inMemory.removeFirst();
                if (landed.taken()) {
                    memory.giveBack(landed.epoch());
                }
            }
        } else if (countedEpochs > 0) {
            countedEpochs -= batch.epochs().size();
            firstCounted = batch.through() + 1;
            if ((firstCounted > lastCounted) != (countedEpochs == 0)) {
                throw new IllegalStateException("our bug: the ledger and the lane of " + table
                        + " do not agree on how many epochs wait: " + countedEpochs + " are left behind epoch "
                        + batch.through());
            }
        }
    }
}

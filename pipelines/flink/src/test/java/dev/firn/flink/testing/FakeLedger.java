package dev.firn.flink.testing;

import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A ledger as strict as Iceberg's: it knows its last epoch again, and nothing older. */
public final class FakeLedger implements Ledger {

    private final Faults faults;
    private final List<Epoch> epochs = new ArrayList<>();
    private final Map<Split, Long> positions = new TreeMap<>();
    private final List<Long> settled = new ArrayList<>();
    private final List<Rewind.Rewound> rewinds = new ArrayList<>();
    private final List<Long> tidied = new CopyOnWriteArrayList<>();
    private final Map<TableName, DetachedTable> detached = new ConcurrentHashMap<>();
    private long run;
    private int stagedReads;
    private Duration age = Duration.ZERO;

    FakeLedger(Faults faults) {
        this.faults = faults;
    }

    @Override
    public LedgerState read() {
        return faults.call("read", this::now);
    }

    private synchronized LedgerState now() {
        long settledThrough = settled.isEmpty() ? 0 : settled.get(settled.size() - 1);
        return new LedgerState(
                epochs.size(),
                run,
                positions,
                epochs.stream().filter(epoch -> epoch.number() > settledThrough).toList(),
                epochs.stream().collect(Collectors.toMap(Epoch::number, epoch -> Instant.now()
                        .minus(age))),
                rewinds,
                Map.of());
    }

    @Override
    public synchronized List<Epoch> since(long epoch) {
        return List.copyOf(epochs.subList((int) epoch, epochs.size()));
    }

    @Override
    public synchronized List<StagedEpoch> staged(TableName table, long after, long through) {
        stagedReads++;
        return Ledger.super.staged(table, after, through);
    }

    /** How often somebody has read what was staged for a table. */
    public synchronized int stagedReads() {
        return stagedReads;
    }

    /** All that it holds was written that long ago. */
    public synchronized void writtenBefore(Duration time) {
        age = time;
    }

    @Override
    public Map<Split, Long> positionsBehind(long epoch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void append(Rewind rewind) {
        put(rewind.epoch(), rewind.epoch().number() - 1);
        positions.clear();
        positions.putAll(rewind.positions());
        rewinds.add(rewind.rewound());
    }

    @Override
    public Map<TableName, DetachedTable> detached() {
        return faults.call("detached", () -> Map.copyOf(detached));
    }

    @Override
    public void detach(DetachedTable table, long byRun) {
        faults.run("detach", () -> {
            requireNewest(byRun);
            detached.put(table.table(), table);
        });
    }

    @Override
    public void attach(TableName table, long byRun) {
        faults.run("attach", () -> {
            requireNewest(byRun);
            detached.remove(table);
        });
    }

    private synchronized void requireNewest(long mine) {
        if (run > mine) {
            throw new RunSuperseded(mine, run);
        }
    }

    @Override
    public Map<TableName, Written> written() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void history(long epoch, Consumer<WrittenEpoch> each) {
        since(epoch).forEach(one -> each.accept(new WrittenEpoch(one, one.number(), Instant.EPOCH)));
    }

    @Override
    public void upkeep(Epoch written) {
        faults.run("upkeep", () -> tidied.add(written.number()));
    }

    /** After which epochs it was tidied up. */
    public List<Long> tidied() {
        return List.copyOf(tidied);
    }

    public List<Epoch> epochs() {
        return since(0);
    }

    public List<Long> numbers() {
        return epochs().stream().map(Epoch::number).toList();
    }

    /** What each append said to be settled. */
    public synchronized List<Long> settled() {
        return List.copyOf(settled);
    }

    public synchronized Map<Split, Long> positions() {
        return Map.copyOf(positions);
    }

    @Override
    public synchronized long claimRun() {
        return ++run;
    }

    @Override
    public void append(Epoch epoch, long settledThrough) {
        faults.run("append", () -> put(epoch, settledThrough));
    }

    private synchronized void put(Epoch epoch, long settledThrough) {
        requireNewest(epoch.run());
        int last = epochs.size();
        if (last == epoch.number()
                && Arrays.equals(LedgerCodec.encode(epochs.get(last - 1)), LedgerCodec.encode(epoch))) {
            return;
        }
        if (epoch.number() != last + 1) {
            throw new IllegalStateException(
                    "our bug: epoch " + epoch.number() + " does not follow epoch " + last + ", the last in the ledger");
        }
        epochs.add(epoch);
        epoch.progress().forEach(line -> positions.put(line.split(), line.to()));
        settled.add(settledThrough);
    }
}

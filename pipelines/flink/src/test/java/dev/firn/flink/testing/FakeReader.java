package dev.firn.flink.testing;

import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Emits a mark for each split that is opened, then its records as they come. */
final class FakeReader implements SourceReader<SourceEvent, FakeSource.Partition> {

    private final String source;
    private final FakeTopic topic;
    private final StartPositions ledger;
    private final Deque<SourceEvent> opened = new ArrayDeque<>();
    private final Map<Integer, Long> positions = new TreeMap<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();

    FakeReader(String source, FakeTopic topic, StartPositions ledger) {
        this.source = source;
        this.topic = topic;
        this.ledger = ledger;
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<FakeSource.Partition> splits) {
        for (FakeSource.Partition partition : splits) {
            Split split = split(partition.number());
            long known = ledger.of(split).map(StartPositions.Known::position).orElse(0L);
            long position = Math.max(partition.position(), known);
            positions.put(partition.number(), position);
            opened.add(new SourceEvent.SplitOpened(split, position));
        }
        available.complete(null);
    }

    static Split split(String source, String topic, int partition) {
        return new Split(source, topic, partition, "id-of-" + topic);
    }

    private Split split(int partition) {
        return split(source, topic.name(), partition);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceEvent> output) {
        while (!opened.isEmpty()) {
            output.collect(opened.remove());
        }
        // Asked for before looking, so that nothing that comes in between is missed.
        CompletableFuture<Void> more = topic.more();
        for (Map.Entry<Integer, Long> position : positions.entrySet()) {
            int partition = position.getKey();
            long end = topic.end(partition);
            // In one call, so that no barrier comes between and what is there before a job starts is one epoch.
            for (long at = position.getValue(); at < end; at++) {
                if (!topic.skips(partition, at)) {
                    output.collect(Records.record(split(partition), at, topic.at(partition, at)));
                }
            }
            position.setValue(end);
        }
        available = new CompletableFuture<>();
        CompletableFuture<Void> waiting = available;
        more.thenRun(() -> waiting.complete(null));
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public List<FakeSource.Partition> snapshotState(long checkpoint) {
        return positions.entrySet().stream()
                .map(position -> new FakeSource.Partition(position.getKey(), position.getValue()))
                .toList();
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}

package dev.firn.flink.testing;

import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.source.StartPositions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Reads a {@link FakeTopic} as a Firn source does: partitions by number, positions resolved before anything is read. */
final class FakeSource implements Source<SourceEvent, FakeSource.Partition, Set<Integer>> {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final String topic;
    private final StartPositions ledger;

    /** A partition and where reading goes on. */
    record Partition(int number, long position) implements SourceSplit {
        @Override
        public String splitId() {
            return Integer.toString(number);
        }
    }

    static Partition partition(ByteBuffer bytes) {
        return new Partition(bytes.getInt(), bytes.getLong());
    }

    FakeSource(String source, String topic, StartPositions ledger) {
        this.source = source;
        this.topic = topic;
        this.ledger = ledger;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<SourceEvent, Partition> createReader(SourceReaderContext context) {
        return new FakeReader(source, FakeTopic.named(topic), ledger);
    }

    @Override
    public SplitEnumerator<Partition, Set<Integer>> createEnumerator(SplitEnumeratorContext<Partition> context) {
        return new Enumerator(context, FakeTopic.named(topic).partitions(), Set.of());
    }

    @Override
    public SplitEnumerator<Partition, Set<Integer>> restoreEnumerator(
            SplitEnumeratorContext<Partition> context, Set<Integer> assigned) {
        return new Enumerator(context, FakeTopic.named(topic).partitions(), assigned);
    }

    private static final class Enumerator implements SplitEnumerator<Partition, Set<Integer>> {
        private final SplitEnumeratorContext<Partition> context;
        private final List<Partition> waiting = new ArrayList<>();
        private final Set<Integer> assigned;

        Enumerator(SplitEnumeratorContext<Partition> context, int partitions, Set<Integer> assigned) {
            this.context = context;
            this.assigned = new ConcurrentSkipListSet<>(assigned);
            for (int number = 0; number < partitions; number++) {
                if (!assigned.contains(number)) {
                    waiting.add(new Partition(number, 0));
                }
            }
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Partition> splits, int subtask) {
            splits.forEach(split -> assigned.remove(split.number()));
            waiting.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            for (Partition partition : List.copyOf(waiting)) {
                if (partition.number() % context.currentParallelism() == subtask) {
                    waiting.remove(partition);
                    assigned.add(partition.number());
                    context.assignSplit(partition, subtask);
                }
            }
        }

        @Override
        public Set<Integer> snapshotState(long checkpoint) {
            return new TreeSet<>(assigned);
        }

        @Override
        public void close() {}
    }

    @Override
    public SimpleVersionedSerializer<Partition> getSplitSerializer() {
        return new Bytes<>() {
            @Override
            public byte[] serialize(Partition partition) {
                return ByteBuffer.allocate(12)
                        .putInt(partition.number())
                        .putLong(partition.position())
                        .array();
            }

            @Override
            Partition read(ByteBuffer bytes) {
                return partition(bytes);
            }
        };
    }

    @Override
    public SimpleVersionedSerializer<Set<Integer>> getEnumeratorCheckpointSerializer() {
        return new Bytes<>() {
            @Override
            public byte[] serialize(Set<Integer> assigned) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * assigned.size());
                assigned.forEach(bytes::putInt);
                return bytes.array();
            }

            @Override
            Set<Integer> read(ByteBuffer bytes) {
                Set<Integer> assigned = new TreeSet<>();
                while (bytes.hasRemaining()) {
                    assigned.add(bytes.getInt());
                }
                return assigned;
            }
        };
    }

    private abstract static class Bytes<T> implements SimpleVersionedSerializer<T> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public T deserialize(int version, byte[] bytes) {
            return read(ByteBuffer.wrap(bytes));
        }

        abstract T read(ByteBuffer bytes);
    }
}

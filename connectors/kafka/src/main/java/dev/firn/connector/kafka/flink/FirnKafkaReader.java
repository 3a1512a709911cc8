package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Emits what the split reader fetched, in its order, and keeps the position of each split for the next checkpoint. */
final class FirnKafkaReader
        extends SingleThreadMultiplexSourceReaderBase<SourceEvent, SourceEvent, KafkaPartitionSplit, ReadPosition> {

    private final List<String> topics;
    private final MetricGroup metrics;

    FirnKafkaReader(
            List<String> topics,
            Supplier<SplitReader<SourceEvent, KafkaPartitionSplit>> splitReader,
            SourceReaderContext context) {
        super(
                splitReader,
                new InOrder(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
                new Configuration(),
                context);
        this.topics = topics;
        this.metrics = context.metricGroup();
    }

    /** A restored split of a topic that was taken out of the file is not read on; the ledger keeps its position. */
    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        List<KafkaPartitionSplit> named = splits.stream()
                .filter(split -> topics.contains(split.getTopic()))
                .toList();
        if (!named.isEmpty()) {
            super.addSplits(named);
        }
    }

    @Override
    protected ReadPosition initializedState(KafkaPartitionSplit split) {
        ReadPosition position = new ReadPosition(split);
        metrics.addGroup("topic", split.getTopic())
                .addGroup("partition", String.valueOf(split.getPartition()))
                .gauge("position", position::next);
        return position;
    }

    @Override
    protected KafkaPartitionSplit toSplitType(String splitId, ReadPosition position) {
        return position.toSplit();
    }

    @Override
    protected void onSplitFinished(Map<String, ReadPosition> finished) {
        throw new IllegalStateException(
                "our bug: a partition of Kafka never ends, but these did: " + finished.keySet());
    }

    /** Passes events on as they are; marks are not counted as records. */
    private record InOrder(Counter recordsIn) implements RecordEmitter<SourceEvent, SourceEvent, ReadPosition> {

        @Override
        public void emitRecord(SourceEvent event, SourceOutput<SourceEvent> output, ReadPosition position) {
            output.collect(event);
            position.passed(event);
            if (!(event instanceof RawRecord)) {
                recordsIn.dec();
            }
        }
    }
}

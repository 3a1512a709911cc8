package dev.firn.connector.cdc.postgres.flink;

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
import org.apache.flink.metrics.Counter;

/**
 * Emits what was read in its order, and keeps where reading stands for the next checkpoint.
 */
final class DatabaseReader extends SingleThreadMultiplexSourceReaderBase<Step, SourceEvent, DatabaseSplit, ReadState> {

    private final Confirmed confirmed;
    private final Handover handover;
    private final Boundaries boundaries = new Boundaries();

    DatabaseReader(
            Supplier<SplitReader<Step, DatabaseSplit>> splitReader,
            Confirmed confirmed,
            Handover handover,
            SourceReaderContext context) {
        super(
                splitReader,
                new InOrder(context.metricGroup().getIOMetricGroup().getNumRecordsInCounter()),
                new Configuration(),
                context);
        this.confirmed = confirmed;
        this.handover = handover;
    }

    @Override
    public List<DatabaseSplit> snapshotState(long checkpointId) {
        List<DatabaseSplit> splits = super.snapshotState(checkpointId);
        splits.stream().filter(DatabaseSplit::isOpened).forEach(split -> {
            boundaries.taken(checkpointId, split.boundary());
            handover.barrier(split);
        });
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        confirmed.upTo(boundaries.complete(checkpointId));
    }

    @Override
    protected ReadState initializedState(DatabaseSplit split) {
        return new ReadState(split);
    }

    @Override
    protected DatabaseSplit toSplitType(String splitId, ReadState state) {
        return state.split();
    }

    @Override
    protected void onSplitFinished(Map<String, ReadState> finished) {
        throw new IllegalStateException("our bug: a database's log never ends");
    }

    /** Passes events on as they are; marks are not counted as records. */
    private record InOrder(Counter recordsIn) implements RecordEmitter<Step, SourceEvent, ReadState> {

        @Override
        public void emitRecord(Step step, SourceOutput<SourceEvent> output, ReadState state) {
            output.collect(step.event());
            state.passed(step);
            if (!(step.event() instanceof RawRecord)) {
                recordsIn.dec();
            }
        }
    }
}

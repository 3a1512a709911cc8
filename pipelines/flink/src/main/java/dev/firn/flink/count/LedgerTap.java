package dev.firn.flink.count;

import dev.firn.flink.CheckpointSettings;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Counts, right behind a source and chained to it, what was read of each split, and says so at every barrier.
 *
 * <p>It holds no state: a restored reader opens its splits anew, so the position it opens at is the restored one.
 */
public final class LedgerTap extends AbstractStreamOperator<SourceEvent>
        implements OneInputStreamOperator<SourceEvent, SourceEvent> {

    private static final long serialVersionUID = 1L;

    /** Where the counts leave; the records leave by the main output. */
    public static final OutputTag<LedgerEntry> ENTRIES = new OutputTag<>("ledger-entries", FirnTypes.LEDGER_ENTRY);

    private final String uid;

    private transient Map<Split, Progress> progress = new TreeMap<>();
    private transient @Nullable Progress last;

    public LedgerTap(String uid) {
        this.uid = uid;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void setup(
            StreamTask<?, ?> containingTask, StreamConfig config, Output<StreamRecord<SourceEvent>> output) {
        super.setup(containingTask, config, output);
        CheckpointSettings.verify(containingTask);
        progress = new TreeMap<>();
        last = null;
    }

    @Override
    public void processElement(StreamRecord<SourceEvent> element) {
        SourceEvent event = element.getValue();
        if (event instanceof RawRecord record) {
            Progress split = progressOf(record.split());
            split.read++;
            split.to = record.position() + 1;
            output.collect(element);
        } else if (event instanceof SourceEvent.SplitOpened opened) {
            progress.put(opened.split(), new Progress(opened.split(), opened.position()));
            last = null;
        } else if (event instanceof SourceEvent.PositionReached reached) {
            Progress split = progressOf(reached.split());
            split.to = Math.max(split.to, reached.position());
        }
    }

    private Progress progressOf(Split split) {
        Progress known = last;
        if (known != null && known.split.equals(split)) {
            return known;
        }
        Progress found = progress.get(split);
        if (found == null) {
            throw new IllegalStateException("our bug: a record of " + split + " came before the split was opened");
        }
        last = found;
        return found;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        List<SplitProgress> moved = new ArrayList<>();
        for (Progress split : progress.values()) {
            if (split.to != split.from) {
                moved.add(new SplitProgress(split.split, split.from, split.to, split.read));
                split.from = split.to;
                split.read = 0;
            }
        }
        if (!moved.isEmpty()) {
            LedgerEntry entry = new LedgerEntry(
                    uid, getRuntimeContext().getIndexOfThisSubtask(), moved, List.of(), List.of());
            output.collect(ENTRIES, new StreamRecord<>(entry));
        }
    }

    private static final class Progress {
        private final Split split;
        private long from;
        private long to;
        private long read;

        Progress(Split split, long position) {
            this.split = split;
            this.from = position;
            this.to = position;
        }
    }
}

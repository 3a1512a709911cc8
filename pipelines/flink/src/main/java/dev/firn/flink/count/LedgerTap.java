package dev.firn.flink.count;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.CheckpointSettings;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.SchemaCodec;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
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
 * Counts, right behind a source and chained to it, what was read of each split and what of it the source had deleted
 * before, and says so at every barrier.
 *
 * <p>Records follow one another without a gap that the source has not told of: what is lost between the source's client and
 * here shows at once, and starting again would not help.
 *
 * <p>It holds no state of positions: a restored reader opens its splits anew, so the position it opens at is the restored one.
 * That is told too, before anything is read: else a quiet split's start would be known to Flink's state alone. What it holds is
 * the schemas that records were read with ({@link UsedSchemas}).
 */
public final class LedgerTap extends AbstractStreamOperator<SourceEvent>
        implements OneInputStreamOperator<SourceEvent, SourceEvent> {

    private static final long serialVersionUID = 1L;

    /** Where the counts leave; the records leave by the main output. */
    public static final OutputTag<LedgerEntry> ENTRIES = new OutputTag<>("ledger-entries", FirnTypes.LEDGER_ENTRY);

    private final String uid;
    private final RecordFormat format;
    private final byte[] start;

    private transient Map<Split, Progress> progress = new TreeMap<>();
    private transient OutcomeTally lost = new OutcomeTally();
    private transient @Nullable Progress last;
    private transient @Nullable UsedSchemas schemas;

    /**
     * @param format of the records, whose schemas are kept
     * @param start the schemas that the ledger knew when the run started, and those that the plan found of the source's streams
     */
    public LedgerTap(String uid, RecordFormat format, LedgerSchemas start) {
        this.uid = uid;
        this.format = format;
        this.start = SchemaCodec.pack(start);
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void setup(StreamTask<?, ?> containingTask, StreamConfig config, Output<StreamRecord<SourceEvent>> output) {
        super.setup(containingTask, config, output);
        CheckpointSettings.verify(containingTask);
        progress = new TreeMap<>();
        lost = new OutcomeTally();
        last = null;
    }

    /** Before the source in front of it reads anything: operators of a chain begin with the last. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        int subtask = getRuntimeContext().getIndexOfThisSubtask();
        LedgerSchemas all = SchemaCodec.unpack(start);
        schemas = UsedSchemas.restore(
                format.memory(SystemReferences.ofThisProcess()),
                context.getOperatorStateStore(),
                subtask == 0 ? all : new LedgerSchemas(all.used(), List.of()),
                subtask,
                getRuntimeContext().getNumberOfParallelSubtasks());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        used().save();
    }

    private UsedSchemas used() {
        UsedSchemas used = schemas;
        if (used == null) {
            throw new IllegalStateException("our bug: a tap that has no state yet was given work");
        }
        return used;
    }

    @Override
    public void close() throws Exception {
        UsedSchemas used = schemas;
        schemas = null;
        if (used != null) {
            used.close();
        }
        super.close();
    }

    @Override
    public void processElement(StreamRecord<SourceEvent> element) {
        SourceEvent event = element.getValue();
        if (event instanceof RawRecord record) {
            progressOf(record.split()).read(record.position());
            used().by(record);
            output.collect(element);
        } else if (event instanceof SourceEvent.SplitOpened opened) {
            open(opened);
        } else if (event instanceof SourceEvent.PositionReached reached) {
            progressOf(reached.split()).reach(reached.position());
        } else if (event instanceof SourceEvent.TermBegan began) {
            progressOf(began.split()).term = began.term();
        } else if (event instanceof SourceEvent.PositionsLost gap) {
            progressOf(gap.split()).skip(gap.from(), gap.to());
            lost.add(gap.split(), Outcome.LOST, "", gap.from() + " to " + gap.to(), gap.to() - gap.from());
        }
    }

    private void open(SourceEvent.SplitOpened opened) {
        Progress known = progress.get(opened.split());
        if (known == null) {
            progress.put(opened.split(), new Progress(opened.split(), opened.position()));
        } else if (known.to != opened.position()) {
            throw bug(opened.split() + " was read up to position " + known.to + ", then opened again at position "
                    + opened.position());
        }
    }

    private Progress progressOf(Split split) {
        Progress known = last;
        if (known != null && known.split.equals(split)) {
            return known;
        }
        Progress found = progress.get(split);
        if (found == null) {
            throw bug("a record of " + split + " came before the split was opened");
        }
        last = found;
        return found;
    }

    private static SuppressRestartsException bug(String what) {
        return new SuppressRestartsException(new IllegalStateException("our bug: " + what));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        List<SplitProgress> moved = new ArrayList<>();
        progress.values().forEach(split -> split.tell().ifPresent(moved::add));
        LedgerSchemas met = used().drain();
        if (!moved.isEmpty() || !met.isEmpty()) {
            LedgerEntry entry = new LedgerEntry(
                    uid, getRuntimeContext().getIndexOfThisSubtask(), moved, lost.drain(), List.of(), met);
            output.collect(ENTRIES, new StreamRecord<>(entry));
        }
    }

    private static final class Progress {
        private final Split split;
        private long from;
        private long to;
        private long read;
        private long behindLast;
        private int termOfLast = SourceEvent.UNKNOWN_TERM;
        private int term = SourceEvent.UNKNOWN_TERM;
        private boolean told;

        Progress(Split split, long position) {
            this.split = split;
            this.from = position;
            this.to = position;
        }

        void read(long position) {
            if (position != to) {
                throw bug(split + " was read from position " + from + " to " + to + ", then the record at position "
                        + position + " came: "
                        + (position < to
                                ? "it would be there twice"
                                : "the source has not said what became of those between"));
            }
            read++;
            to = position + 1;
            behindLast = to;
            termOfLast = term;
        }

        void reach(long position) {
            to = Math.max(to, position);
        }

        void skip(long first, long end) {
            if (first != to || end <= first) {
                throw bug("positions " + first + " to " + end + " of " + split + " are said to be lost where position "
                        + to + " was reached");
            }
            to = end;
        }

        private @Nullable LastRecord last() {
            return read == 0 || termOfLast == SourceEvent.UNKNOWN_TERM ? null : new LastRecord(behindLast, termOfLast);
        }

        /** What is new since the last time; the first time, at least where the split was opened. */
        Optional<SplitProgress> tell() {
            if (told && to == from) {
                return Optional.empty();
            }
            SplitProgress line = new SplitProgress(split, from, to, read, last());
            told = true;
            from = to;
            read = 0;
            return Optional.of(line);
        }
    }
}

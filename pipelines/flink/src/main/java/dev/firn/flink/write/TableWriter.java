package dev.firn.flink.write;

import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.flink.wire.SavedTime;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables of each record and writes a copy to each, or sends it to the subtask that gathers that table's; at every
 * barrier it stages the files and says what became of each record that it has kept.
 *
 * <pre>
 *   raw record -> route -> schema id -> copies -+-> {@link BatchedWriting}
 *                   |          |                +-> {@link #GATHERED}, to a {@link GatheredWriter}
 *                   +----------+------------------> quarantine, with code and message
 * </pre>
 *
 * Each copy of a record that goes to several tables has an outcome of its own.
 */
public final class TableWriter extends AbstractStreamOperator<LedgerEntry>
        implements OneInputStreamOperator<SourceEvent, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    /** Where copies leave that another subtask writes, and their schemas; the ledger entries leave by the main output. */
    public static final OutputTag<Gathered> GATHERED = new OutputTag<>("gathered", FirnTypes.GATHERED);

    private static final String NEWEST_TIMES = "newest-event-times";

    private final WriterConfig settings;
    private final WriterRoutes routes;

    private transient @Nullable Open open;
    private transient @Nullable NewestTimes times;
    private transient @Nullable ListState<byte[]> kept;

    public TableWriter(WriterConfig settings, WriterRoutes routes) {
        this.settings = settings;
        this.routes = routes;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What lives from {@link #open} to {@link #close}; without a gathering, all is written here. */
    private record Open(
            BatchedWriting writing, Optional<Gathering> gathering, SchemasAhead ahead, RecordRouting routing) {}

    /**
     * Of a state and of the ledger the greater counts, as of positions: what a split goes on from is the later one of the two. All subtasks
     * get all that the file asks for, for nobody knows yet who reads which split.
     */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        NewestTimes found = new NewestTimes();
        times = found;
        ListState<byte[]> state = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>(NEWEST_TIMES, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        if (!settings.rules().knowTimes()) {
            // What was restored and is nobody's is written whole by each subtask, so that each restart would have more
            // of it.
            state.clear();
            return;
        }
        kept = state;
        found.begin(settings.newest());
        AskedTimes asked = new AskedTimes(settings.rules(), routes);
        for (byte[] one : state.get()) {
            SavedTime saved = LedgerCodec.decodeNewest(one);
            if (asked.isAsked(saved.time())) {
                found.goOn(saved);
            }
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ListState<byte[]> state = kept;
        NewestTimes now = times;
        if (state != null && now != null) {
            List<byte[]> all = new ArrayList<>();
            now.now(getRuntimeContext().getIndexOfThisSubtask() == 0)
                    .forEach(saved -> all.add(LedgerCodec.encode(saved)));
            state.update(all);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        NewestTimes found = times;
        if (found == null) {
            throw new IllegalStateException("our bug: a writer is opened that has not looked for its state");
        }
        BatchedWriting writing = BatchedWriting.open(
                settings, Subtask.settings(settings, getRuntimeContext(), getContainingTask()), found);
        Optional<Gathering> gathering = settings.gathers()
                ? Optional.of(new Gathering(
                        writing.writers(), writing.ruled(), getRuntimeContext().getNumberOfParallelSubtasks()))
                : Optional.empty();
        SchemasAhead ahead = new SchemasAhead(
                settings.formats(), writing.schemas(), schema -> output.collect(GATHERED, new StreamRecord<>(schema)));
        RecordRouting routing = RecordRouting.of(
                routes, TableCatalog.of(writing.lake()), writing::isDetached, new Writing(writing, gathering, ahead));
        open = new Open(writing, gathering, ahead, routing);
        if (gathering.isEmpty()) {
            writing.learn();
        }
    }

    private Open opened() {
        Open current = open;
        if (current == null) {
            throw new IllegalStateException("our bug: a writer that is not open was given work");
        }
        return current;
    }

    @Override
    public void processElement(StreamRecord<SourceEvent> element) {
        if (!(element.getValue() instanceof RawRecord record)) {
            throw new IllegalStateException("our bug: the tap let " + element.getValue() + " pass");
        }
        opened().routing().take(record);
    }

    /** Copies are written here, or by whoever gathers them. */
    private final class Writing implements RecordRouting.Destination {

        private final BatchedWriting here;
        private final Optional<Gathering> gathering;
        private final SchemasAhead ahead;

        private Writing(BatchedWriting here, Optional<Gathering> gathering, SchemasAhead ahead) {
            this.here = here;
            this.gathering = gathering;
            this.ahead = ahead;
        }

        @Override
        public FormatReader format(Split split) {
            return here.format(split);
        }

        @Override
        public void count(Split split, Outcome outcome, String reason, long records) {
            here.count(split, outcome, reason, records);
        }

        @Override
        public void quarantine(List<QuarantinedRecord> refused) {
            here.quarantine(refused);
        }

        @Override
        public void copy(TableName table, FormatReader format, int schemaId, RawRecord record) {
            if (gathering.isEmpty() || here.isDetached(table)) {
                here.add(table, format, schemaId, record);
                return;
            }
            int writer;
            try {
                writer = gathering.get().writer(table, format, schemaId, record);
            } catch (Rejected refused) {
                here.quarantine(List.of(RecordRouting.rejection(record, Optional.of(table.full()), refused)));
                return;
            }
            if (writer == Gathering.HERE || !mayGo(table, record, writer)) {
                here.add(table, format, schemaId, record);
            } else {
                output.collect(GATHERED, new StreamRecord<>(new GatheredRecord(record, table, schemaId, writer)));
            }
        }

        @Override
        public void delete(TableName table, FormatReader keys, RawRecord record) {
            if (gathering.isEmpty() || here.isDetached(table)) {
                here.delete(table, keys, record);
                return;
            }
            try {
                int writer = gathering.get().deleter(table, keys, record);
                // That one asks for its schema where nobody here knows it; no other may have it.
                ahead.clear(record, writer);
                output.collect(
                        GATHERED,
                        new StreamRecord<>(new GatheredRecord(record, table, RawRecord.NO_SCHEMA_ID, writer)));
            } catch (Rejected refused) {
                here.quarantine(List.of(RecordRouting.rejection(record, Optional.of(table.full()), refused)));
            }
        }

        /** What only one subtask may write goes there also without its schemas; that one asks for them then. */
        private boolean mayGo(TableName table, RawRecord record, int writer) {
            return ahead.clear(record, writer) || gathering.orElseThrow().isStrict(table);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        Open current = opened();
        current.gathering().ifPresent(Gathering::barrier);
        current.writing()
                .barrier(settings.uid(), getRuntimeContext().getIndexOfThisSubtask())
                .ifPresent(entry -> output.collect(new StreamRecord<>(entry)));
    }

    @Override
    public void close() throws Exception {
        Open current = open;
        open = null;
        try {
            if (current != null) {
                current.writing().close();
            }
        } finally {
            super.close();
        }
    }
}

package dev.firn.flink.write;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.count.OutcomeTally;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Gathers raw messages into batches of one table and one writer schema, has the sink decode and write them, sends what
 * it refuses to quarantine, and at every barrier stages the files and says what became of each record.
 *
 * <pre>
 *   raw record -> route -> schema id -> copies -> batch -> TableWriters.write -> written
 *                   |          |                                  |
 *                   +----------+----------------------------------+--------> quarantine, with code and message
 * </pre>
 *
 * Each copy of a record that goes to several tables has an outcome of its own.
 */
public final class TableWriter extends AbstractStreamOperator<LedgerEntry>
        implements OneInputStreamOperator<SourceEvent, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    private static final String NO_REASON = "";
    private static final String TOMBSTONE = "tombstone";

    private final WriterConfig settings;

    private transient @Nullable Deque<AutoCloseable> toClose;
    private transient @Nullable Open open;

    public TableWriter(WriterConfig settings) {
        this.settings = settings;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What lives from {@link #open} to {@link #close}. */
    private record Open(
            TableWriters writers,
            Map<String, FormatReader> formats,
            OutcomeTally tally,
            Batches batches,
            ValueRouter values,
            Map<Split, Route> routes) {}

    /** Where a split's records go, a copy to each target; without one they are unrouted. */
    private record Route(List<TableName> tables, List<ValueRoute> byValue, FormatReader format) {
        int targets() {
            return tables.size() + byValue.size();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        // Flink closes an operator whose open() has failed, too.
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        toClose = owned;
        ReferenceResolver references = SystemReferences.ofThisProcess();
        Lake lake = settings.lake().open(references);
        owned.push(lake);
        Map<String, FormatReader> formats = new HashMap<>();
        settings.formats().forEach((source, format) -> {
            FormatReader reader = format.open(references);
            owned.push(reader);
            formats.put(source, reader);
        });
        var runtime = getRuntimeContext();
        TableWriters writers = lake.writers(new WriterSettings(
                settings.run(), runtime.getIndexOfThisSubtask(), runtime.getAttemptNumber(), writersInProcess()));
        owned.push(writers);
        OutcomeTally tally = new OutcomeTally();
        Batches batches = new Batches(Batches.Limits.within(writers.bytesThatMayWait()), new Decoding());
        ValueTables values = new ValueTables(lake, settings.routes().reserved(), System::nanoTime);
        open = new Open(writers, formats, tally, batches, new ValueRouter(values), new HashMap<>());
    }

    /** As many as there are places for subtasks here, but never more than the job has. */
    private int writersInProcess() {
        int slots = getContainingTask()
                .getEnvironment()
                .getTaskManagerInfo()
                .getConfiguration()
                .get(TaskManagerOptions.NUM_TASK_SLOTS);
        return Math.min(slots, getRuntimeContext().getNumberOfParallelSubtasks());
    }

    /** Batches go to the sink's writers. */
    private final class Decoding implements Batches.Target {
        @Override
        public void write(Batches.Key key, List<RawRecord> batch) {
            TableWriter.write(opened(), key, batch);
        }

        @Override
        public void complete(TableName table) {
            opened().writers().complete(table);
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
        Open current = opened();
        if (record.value() == null) {
            current.tally().add(record.split(), Outcome.NON_DATA, "", TOMBSTONE, 1);
            return;
        }
        Route route = current.routes().computeIfAbsent(record.split(), split -> route(current, split));
        if (route.targets() == 0) {
            Rejected unrouted =
                    new Rejected(RejectCode.UNROUTED, "no route names the stream `" + record.split().stream() + "`");
            quarantine(current, List.of(rejection(record, Optional.empty(), unrouted)));
            return;
        }
        if (route.targets() > 1) {
            current.tally().add(record.split(), Outcome.COPIED, "", NO_REASON, route.targets() - 1);
        }
        int schemaId;
        try {
            schemaId = route.format().schemaId(record);
        } catch (Rejected rejected) {
            // Once for each copy, so that whoever puts them back knows every table that lacks the record.
            List<QuarantinedRecord> copies = new ArrayList<>();
            route.tables().forEach(table -> copies.add(rejection(record, Optional.of(table.full()), rejected)));
            route.byValue().forEach(unknown -> copies.add(rejection(record, Optional.empty(), rejected)));
            quarantine(current, copies);
            return;
        }
        for (TableName table : route.tables()) {
            current.batches().add(new Batches.Key(record.split().source(), table, schemaId), record);
        }
        for (ValueRoute byValue : route.byValue()) {
            try {
                TableName table = current.values().table(byValue, route.format(), schemaId, record);
                current.batches().add(new Batches.Key(record.split().source(), table, schemaId), record);
            } catch (Rejected rejected) {
                quarantine(current, List.of(rejection(record, Optional.empty(), rejected)));
            }
        }
    }

    private Route route(Open current, Split split) {
        FormatReader format = current.formats().get(split.source());
        if (format == null) {
            throw new IllegalStateException("our bug: no format for the source " + split.source());
        }
        String stream = split.source() + "/" + split.stream();
        return new Route(settings.routes().tables(stream), settings.routes().byValue(stream), format);
    }

    private static void write(Open current, Batches.Key key, List<RawRecord> batch) {
        FormatReader format = current.formats().get(key.source());
        if (format == null) {
            throw new IllegalStateException("our bug: no format for the source " + key.source());
        }
        List<Optional<Rejected>> outcomes = current.writers().write(key.table(), format, key.schemaId(), batch);
        if (outcomes.size() != batch.size()) {
            throw new IllegalStateException("our bug: " + batch.size() + " records of " + key.table() + " had "
                    + outcomes.size() + " outcomes");
        }
        String table = key.table().full();
        List<QuarantinedRecord> refused = new ArrayList<>();
        Split split = batch.get(0).split();
        long routed = 0;
        for (int index = 0; index < batch.size(); index++) {
            RawRecord record = batch.get(index);
            Optional<Rejected> outcome = outcomes.get(index);
            if (outcome.isPresent()) {
                refused.add(rejection(record, Optional.of(table), outcome.get()));
                continue;
            }
            // Neighbours mostly come from one split: one addition a stretch instead of one a record.
            if (!record.split().equals(split)) {
                addRouted(current, split, table, routed);
                split = record.split();
                routed = 0;
            }
            routed++;
        }
        addRouted(current, split, table, routed);
        quarantine(current, refused);
    }

    private static void addRouted(Open current, Split split, String table, long records) {
        if (records > 0) {
            current.tally().add(split, Outcome.ROUTED, table, NO_REASON, records);
        }
    }

    private static QuarantinedRecord rejection(RawRecord record, Optional<String> table, Rejected rejected) {
        return new QuarantinedRecord(record, table, rejected.code(), rejected.reason());
    }

    private static void quarantine(Open current, List<QuarantinedRecord> refused) {
        if (refused.isEmpty()) {
            return;
        }
        current.writers().quarantine(refused);
        for (QuarantinedRecord record : refused) {
            current.tally()
                    .add(
                            record.record().split(),
                            Outcome.QUARANTINED,
                            record.table().orElse(""),
                            record.code().word(),
                            1);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        Open current = opened();
        current.batches().flush();
        LedgerEntry entry = new LedgerEntry(
                settings.uid(),
                getRuntimeContext().getIndexOfThisSubtask(),
                List.of(),
                current.tally().drain(),
                current.writers().stage());
        if (!entry.outcomes().isEmpty() || !entry.staged().isEmpty()) {
            output.collect(new StreamRecord<>(entry));
        }
    }

    @Override
    public void close() throws Exception {
        Deque<AutoCloseable> owned = toClose;
        open = null;
        toClose = null;
        try {
            IOUtils.closeAll(owned == null ? List.of() : owned);
        } finally {
            super.close();
        }
    }
}

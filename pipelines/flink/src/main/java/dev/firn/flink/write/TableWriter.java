package dev.firn.flink.write;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.count.OutcomeTally;
import dev.firn.flink.wire.FirnTypes;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gathers raw messages into batches of one table and one writer schema, has the sink decode and write them, sends what
 * it refuses to quarantine, and at every barrier stages the files and says what became of each record.
 *
 * <pre>
 *   raw record -> route -> schema id -> batch -> TableWriters.write -> written
 *                   |          |                        |
 *                   +----------+------------------------+--------> quarantine, with code and message
 * </pre>
 */
public final class TableWriter extends AbstractStreamOperator<LedgerEntry>
        implements OneInputStreamOperator<SourceEvent, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    /** Large enough to spread the cost of a batch, small enough that a batch of 1 KiB messages stays in a cache. */
    private static final int BATCH_RECORDS = 512;

    private static final String NO_REASON = "";
    private static final String TOMBSTONE = "tombstone";

    private final WriterConfig settings;

    private transient @Nullable Open open;

    public TableWriter(WriterConfig settings) {
        this.settings = settings;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What lives from {@link #open} to {@link #close}. */
    private record Open(
            Lake lake,
            TableWriters writers,
            Map<String, FormatReader> formats,
            OutcomeTally tally,
            Map<BatchKey, List<RawRecord>> batches,
            Map<Split, Route> routes) {}

    private record BatchKey(String source, TableName table, int schemaId) {}

    /** Where a split's records go; without a table they are unrouted. */
    private record Route(Optional<TableName> table, FormatReader format) {}

    @Override
    public void open() throws Exception {
        super.open();
        ReferenceResolver references = SystemReferences.ofThisProcess();
        Lake lake = settings.lake().open(references);
        var runtime = getRuntimeContext();
        WriterSettings writer =
                new WriterSettings(settings.run(), runtime.getIndexOfThisSubtask(), runtime.getAttemptNumber());
        Map<String, FormatReader> formats = new HashMap<>();
        settings.formats().forEach((source, format) -> formats.put(source, format.open(references)));
        open = new Open(
                lake, lake.writers(writer), formats, new OutcomeTally(), new HashMap<>(), new HashMap<>());
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
        if (route.table().isEmpty()) {
            Rejected unrouted = new Rejected(
                    RejectCode.UNROUTED, "no route names the stream `" + record.split().stream() + "`");
            quarantine(current, List.of(rejection(record, Optional.empty(), unrouted)));
            return;
        }
        TableName table = route.table().get();
        int schemaId;
        try {
            schemaId = route.format().schemaId(record);
        } catch (Rejected rejected) {
            quarantine(current, List.of(rejection(record, Optional.of(table.full()), rejected)));
            return;
        }
        BatchKey key = new BatchKey(record.split().source(), table, schemaId);
        List<RawRecord> batch = current.batches().computeIfAbsent(key, missing -> new ArrayList<>(BATCH_RECORDS));
        batch.add(record);
        if (batch.size() >= BATCH_RECORDS) {
            write(current, key, batch);
            batch.clear();
        }
    }

    private Route route(Open current, Split split) {
        FormatReader format = current.formats().get(split.source());
        if (format == null) {
            throw new IllegalStateException("our bug: no format for the source " + split.source());
        }
        TableName table = settings.routes().get(split.source() + "/" + split.stream());
        return new Route(Optional.ofNullable(table), format);
    }

    private static void write(Open current, BatchKey key, List<RawRecord> batch) {
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
        current.batches().forEach((key, batch) -> {
            if (!batch.isEmpty()) {
                write(current, key, batch);
            }
        });
        current.batches().clear();
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
        Open current = open;
        open = null;
        if (current != null) {
            current.writers().close();
            current.formats().values().forEach(FormatReader::close);
            current.lake().close();
        }
        super.close();
    }

    /** The type of what leaves. */
    public static org.apache.flink.api.common.typeinfo.TypeInformation<LedgerEntry> outputType() {
        return FirnTypes.LEDGER_ENTRY;
    }
}

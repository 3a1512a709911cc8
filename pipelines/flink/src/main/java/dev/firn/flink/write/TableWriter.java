package dev.firn.flink.write;

import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final String NO_REASON = "";
    private static final String TOMBSTONE = "tombstone";

    private final WriterConfig settings;
    private final WriterRoutes routes;

    private transient @Nullable Open open;

    public TableWriter(WriterConfig settings, WriterRoutes routes) {
        this.settings = settings;
        this.routes = routes;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /** What lives from {@link #open} to {@link #close}; without a gathering, all is written here. */
    private record Open(
            BatchedWriting writing,
            Optional<Gathering> gathering,
            SchemasAhead ahead,
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
        BatchedWriting writing =
                BatchedWriting.open(settings, Subtask.settings(settings, getRuntimeContext(), getContainingTask()));
        Optional<Gathering> gathering = settings.gathers()
                ? Optional.of(
                        new Gathering(writing.writers(), getRuntimeContext().getNumberOfParallelSubtasks()))
                : Optional.empty();
        ValueTables values = new ValueTables(writing.lake(), routes.reserved(), writing::isDetached, System::nanoTime);
        SchemasAhead ahead = new SchemasAhead(
                settings.formats(), writing.schemas(), schema -> output.collect(GATHERED, new StreamRecord<>(schema)));
        open = new Open(writing, gathering, ahead, new ValueRouter(values), new HashMap<>());
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
        BatchedWriting writing = current.writing();
        if (record.value() == null) {
            writing.count(record.split(), Outcome.NON_DATA, TOMBSTONE, 1);
            return;
        }
        Route route = current.routes().computeIfAbsent(record.split(), split -> route(writing, split));
        if (route.targets() == 0) {
            Rejected unrouted =
                    new Rejected(RejectCode.UNROUTED, "no route names the stream `" + record.split().stream() + "`");
            writing.quarantine(List.of(BatchedWriting.rejection(record, Optional.empty(), unrouted)));
            return;
        }
        if (route.targets() > 1) {
            writing.count(record.split(), Outcome.COPIED, NO_REASON, route.targets() - 1);
        }
        int schemaId;
        try {
            schemaId = route.format().schemaId(record);
        } catch (Rejected rejected) {
            writing.quarantine(forEachTarget(route, record, rejected));
            return;
        }
        for (TableName table : route.tables()) {
            write(current, route, table, schemaId, record);
        }
        for (ValueRoute byValue : route.byValue()) {
            try {
                TableName table = current.values().table(byValue, route.format(), schemaId, record);
                write(current, route, table, schemaId, record);
            } catch (Rejected rejected) {
                writing.quarantine(List.of(BatchedWriting.rejection(record, Optional.empty(), rejected)));
            }
        }
    }

    private Route route(BatchedWriting writing, Split split) {
        String stream = split.source() + "/" + split.stream();
        return new Route(routes.tables(stream), routes.byValue(stream), writing.format(split));
    }

    /** Once for each copy, so that whoever puts them back knows every table that lacks the record. */
    private static List<QuarantinedRecord> forEachTarget(Route route, RawRecord record, Rejected rejected) {
        List<QuarantinedRecord> copies = new ArrayList<>();
        route.tables()
                .forEach(table -> copies.add(BatchedWriting.rejection(record, Optional.of(table.full()), rejected)));
        route.byValue().forEach(unknown -> copies.add(BatchedWriting.rejection(record, Optional.empty(), rejected)));
        return copies;
    }

    private void write(Open current, Route route, TableName table, int schemaId, RawRecord record) {
        int writer = current.gathering()
                .filter(gathering -> !current.writing().isDetached(table))
                .map(gathering -> gathering.writer(table, route.format(), schemaId, record))
                .orElse(Gathering.HERE);
        if (writer == Gathering.HERE || !current.ahead().clear(record, writer)) {
            current.writing().add(table, route.format(), schemaId, record);
        } else {
            output.collect(GATHERED, new StreamRecord<>(new GatheredRecord(record, table, schemaId, writer)));
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

package dev.firn.flink.write;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.table.Decision;
import dev.firn.flink.count.OutcomeTally;
import dev.firn.flink.latency.AgesWritten;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.Repeated;
import dev.firn.spi.format.RowForbidden;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.SchemaChangeRefused;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.IOUtils;

/**
 * What a subtask that writes has open: formats, the lake and its writers, batches that wait, and what became of each record
 * since the barrier.
 *
 * <pre>
 *   record, table, schema id -> batch -> TableWriters.write -> written
 *                                              |
 *                                              +-------------> quarantine, with code and message
 * </pre>
 */
final class BatchedWriting implements AutoCloseable {

    private static final String NO_REASON = "";

    private final Deque<AutoCloseable> owned;
    private final Lake lake;
    private final Map<String, FormatReader> formats;
    private final Map<String, SchemaMemory> schemas;
    private final Map<Split, FormatReader> formatsOfSplits = new HashMap<>();
    private final RuledFormats ruled;
    private final Optional<NewestTimes> times;
    private final TableWriters writers;
    private final DetachedWatch detached;
    private final WriterConfig config;
    private final OutcomeTally tally = new OutcomeTally();
    private final AgesWritten ages = new AgesWritten(System::currentTimeMillis);
    private final Map<TableName, Boolean> inOrder = new HashMap<>();
    private final Batches batches;

    private BatchedWriting(
            Deque<AutoCloseable> owned,
            Lake lake,
            Map<String, FormatReader> formats,
            Map<String, SchemaMemory> schemas,
            RuledFormats ruled,
            Optional<NewestTimes> times,
            TableWriters writers,
            DetachedWatch detached,
            WriterConfig config) {
        this.owned = owned;
        this.lake = lake;
        this.formats = formats;
        this.schemas = schemas;
        this.ruled = ruled;
        this.times = times;
        this.writers = writers;
        this.detached = detached;
        this.config = config;
        this.batches = new Batches(
                Batches.Limits.within(writers.bytesThatMayWait()),
                table -> inOrder.computeIfAbsent(
                        table,
                        asked ->
                                writers.isKeyed(asked) || mayPause(config.policies(), asked) || ruled.isInOrder(asked)),
                new Decoding());
    }

    /** For whoever is sent records, which are not all of their splits': none of them may be of a table whose rows may be late. */
    static BatchedWriting open(WriterConfig config, WriterSettings settings) throws Exception {
        return open(config, settings, Optional.empty());
    }

    /** For whoever reads splits in their order; {@code times} are of what was read before. */
    static BatchedWriting open(WriterConfig config, WriterSettings settings, NewestTimes times) throws Exception {
        return open(config, settings, Optional.of(times));
    }

    /** Leaves nothing open where it fails. */
    private static BatchedWriting open(WriterConfig config, WriterSettings settings, Optional<NewestTimes> times)
            throws Exception {
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        try {
            ReferenceResolver references = SystemReferences.ofThisProcess();
            Lake lake = config.lake().open(references);
            owned.push(lake);
            Map<String, FormatReader> formats = new HashMap<>();
            config.formats().forEach((source, format) -> {
                FormatReader reader = format.open(references);
                owned.push(reader);
                formats.put(source, reader);
            });
            Map<String, SchemaMemory> schemas = new HashMap<>();
            if (config.gathers()) {
                config.formats().forEach((source, format) -> {
                    SchemaMemory memory = format.memory(references);
                    owned.push(memory);
                    schemas.put(source, memory);
                });
            }
            TableWriters writers = lake.writers(settings, Optional.of(new PolicyEvolution(config.policies())));
            owned.push(writers);
            Ledger ledger = lake.ledger();
            DetachedWatch detached = DetachedWatch.start(ledger::detached, config.mayDetach(), settings.subtask());
            owned.push(detached);
            return new BatchedWriting(
                    owned,
                    lake,
                    formats,
                    schemas,
                    times.isPresent()
                            ? RuledFormats.ofAJob(config.rules(), references, times.get())
                            : RuledFormats.ofAJobThatGathers(config.rules(), references),
                    times,
                    writers,
                    detached,
                    config);
        } catch (Exception failed) {
            try {
                IOUtils.closeAll(owned);
            } catch (Exception alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    /** Then no record may be written before an older one of another schema with which everything waits. */
    private static boolean mayPause(EvolutionPolicies policies, TableName table) {
        return policies.of(table).decisions().containsValue(Decision.PAUSE_TABLE);
    }

    /** To be told to who writes the rows of tables that take none a second time: waits until it knows what these have. */
    void learn() {
        if (config.unique().isEmpty()) {
            return;
        }
        new CompleteTables(lake, config, detached::contains).await();
        config.unique().planned().stream()
                .filter(table -> !detached.contains(table))
                .forEach(writers::learn);
    }

    Lake lake() {
        return lake;
    }

    TableWriters writers() {
        return writers;
    }

    RuledFormats ruled() {
        return ruled;
    }

    /** Whether records of a table go to quarantine, whatever they are; it is not to be asked for anything. */
    boolean isDetached(TableName table) {
        return detached.contains(table);
    }

    /** The schemas that this process knows of each source, where records are gathered. */
    Map<String, SchemaMemory> schemas() {
        return schemas;
    }

    /** What the records of a split's stream are read with. */
    FormatReader format(Split split) {
        return formatsOfSplits.computeIfAbsent(split, opened -> {
            FormatReader format = formats.get(opened.source());
            if (format == null) {
                throw new IllegalStateException("our bug: no format for the source " + opened.source());
            }
            return format.stream(opened.stream());
        });
    }

    /** Counts records that end before a table. */
    void count(Split split, Outcome outcome, String reason, long records) {
        tally.add(split, outcome, "", reason, records);
    }

    void add(TableName table, FormatReader format, int schemaId, RawRecord record) {
        FormatReader ofTable = ruled.of(table, format, record.split().stream());
        batches.add(Batches.Key.ofRows(ofTable, table, schemaId), record);
    }

    /** @param keys reads the record's key by the names of its stream */
    void delete(TableName table, FormatReader keys, RawRecord record) {
        batches.add(Batches.Key.ofDeletes(ruled.keys(table, keys), table), record);
    }

    void quarantine(List<QuarantinedRecord> refused) {
        if (refused.isEmpty()) {
            return;
        }
        writers.quarantine(refused);
        for (QuarantinedRecord record : refused) {
            tally.add(
                    record.record().split(),
                    Outcome.QUARANTINED,
                    record.table().orElse(""),
                    record.code().word(),
                    1);
        }
    }

    /** Writes and stages everything, and says so; empty where there is nothing to say. */
    Optional<LedgerEntry> barrier(String uid, int subtask) {
        batches.flush();
        times.ifPresent(known -> known.tell(tally));
        writers.drainSuperseded()
                .forEach((table, splits) -> splits.forEach((split, records) -> supersede(table, split, records)));
        LedgerEntry entry = new LedgerEntry(
                uid, subtask, List.of(), tally.drain(), writers.stage(), LedgerSchemas.NONE, ages.drain());
        detached.barrier();
        return entry.outcomes().isEmpty() && entry.staged().isEmpty() ? Optional.empty() : Optional.of(entry);
    }

    /** They were taken for rows when they came. */
    private void supersede(TableName table, Split split, long records) {
        tally.add(split, Outcome.ROUTED, table.full(), NO_REASON, -records);
        tally.add(split, Outcome.SUPERSEDED, table.full(), NO_REASON, records);
    }

    private void write(Batches.Key key, List<RawRecord> batch) {
        Optional<Rejected> without = detached.rejection(key.table());
        List<Optional<NoRow>> outcomes = without.isPresent()
                ? Collections.nCopies(batch.size(), Optional.of(without.get()))
                : outcomes(key, batch);
        if (outcomes.size() != batch.size()) {
            throw new IllegalStateException("our bug: " + batch.size() + " records of " + key.table() + " had "
                    + outcomes.size() + " outcomes");
        }
        String table = key.table().full();
        List<QuarantinedRecord> refused = new ArrayList<>();
        AgesWritten.OfTable written = ages.of(key.table());
        Outcome done = key.deletes() ? Outcome.DELETED : Outcome.ROUTED;
        Split split = batch.get(0).split();
        long routed = 0;
        for (int index = 0; index < batch.size(); index++) {
            RawRecord record = batch.get(index);
            Optional<NoRow> outcome = outcomes.get(index);
            if (outcome.isPresent()) {
                if (outcome.get() instanceof Rejected rejected) {
                    refused.add(RecordRouting.rejection(record, Optional.of(table), rejected));
                } else {
                    leaveOut(record.split(), table, outcome.get());
                }
                continue;
            }
            written.add(record.timestamp());
            // Neighbours mostly come from one split: one addition a stretch instead of one a record.
            if (!record.split().equals(split)) {
                add(split, done, table, routed);
                split = record.split();
                routed = 0;
            }
            routed++;
        }
        add(split, done, table, routed);
        quarantine(refused);
    }

    private void leaveOut(Split split, String table, NoRow why) {
        if (why instanceof Repeated) {
            tally.add(split, Outcome.DEDUPLICATED, table, NO_REASON, 1);
            return;
        }
        Optional<String> rule = ((LeftOut) why).rule();
        tally.add(split, rule.isEmpty() ? Outcome.FILTERED : Outcome.DROPPED, table, rule.orElse(NO_REASON), 1);
    }

    private List<Optional<NoRow>> outcomes(Batches.Key key, List<RawRecord> batch) {
        try {
            return key.deletes()
                    ? writers.delete(key.table(), key.format(), batch)
                    : writers.write(key.table(), key.format(), key.schemaId(), batch);
        } catch (SchemaChangeRefused | RowForbidden refused) {
            // A restart would meet the same records.
            throw new SuppressRestartsException(refused);
        }
    }

    private void add(Split split, Outcome done, String table, long records) {
        if (records > 0) {
            tally.add(split, done, table, NO_REASON, records);
        }
    }

    /** Batches go to the sink's writers. */
    private final class Decoding implements Batches.Target {
        @Override
        public void write(Batches.Key key, List<RawRecord> batch) {
            BatchedWriting.this.write(key, batch);
        }

        @Override
        public void complete(TableName table) {
            writers.complete(table);
        }
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(owned);
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows through Iceberg's public generic appenders; quarantine is one more table. */
final class IcebergWriters implements TableWriters {

    /** A table that somebody alters is written with its new schema about this much later. */
    static final Duration TABLES_FRESH_FOR = Duration.ofMinutes(1);

    /** Codes of what another table would take. */
    private static final Set<RejectCode> BY_COLUMNS =
            EnumSet.of(RejectCode.SCHEMA_NOT_IN_TABLE, RejectCode.MISSING_REQUIRED_COLUMN);

    /** The same, where no row of a schema can be made. */
    private static final Set<RejectCode> OF_ALL_ROWS = EnumSet.of(
            RejectCode.SCHEMA_NOT_IN_TABLE, RejectCode.MISSING_REQUIRED_COLUMN, RejectCode.EXPRESSION_FAILED);

    /** Rows of a round that go to its files before it is looked whether those may stay open. */
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(IcebergWriters.class);

    private final LakeTables lake;
    private final LakeNames names;
    private final WriterSettings settings;
    private final ExecutorService lookThreads;
    private final WriterLimits.Share share;
    private final TargetTables targets;
    private final UnwritableTables unwritable;
    private final UnsavedBindings unsaved = new UnsavedBindings();
    private final Refusals refusals;
    private final Decoders decoders;
    private final SentRecords sent;
    private final DeletedKeys deleted;
    private final OpenFileCount count = new OpenFileCount();
    private final FileThreads threads;
    private final WriterMemory memory;
    private final Map<TableName, TableFiles> tables = new TreeMap<>();

    /** Tables that this writer has paused since the barrier, from which on they say so themselves; since the start, where it puts back. */
    private final Map<TableName, Rejected> paused = new TreeMap<>();

    /** Files that nothing more comes for since the barrier: of tables that have changed, as they were before, and rounds that have ended. */
    private final List<TableFiles> cut = new ArrayList<>();

    /** Records whose place a later one has taken, by table and by where they came from. */
    private final Map<TableName, Map<Split, Long>> superseded = new TreeMap<>();

    /** What those tables have that take no row a second time. */
    private final SeenTables seen;

    /** Which writer it is, of all that stage for a table between two barriers. */
    private final long id = UUID.randomUUID().getMostSignificantBits();

    private long rounds;

    /**
     * How tables are looked at, and what becomes of them.
     *
     * @param evolution empty where their columns stay as they are
     */
    record Tables(Duration freshFor, Optional<TableEvolution> evolution) {}

    IcebergWriters(LakeTables lake, LakeNames names, WriterSettings settings, Tables keeping, WriterLimits limits) {
        Duration tablesFreshFor = keeping.freshFor();
        this.lake = lake;
        this.names = names;
        this.settings = settings;
        this.lookThreads = LookThreads.start(settings.subtask());
        // Whoever wants to see every change at once waits for each look.
        Executor looking = tablesFreshFor.isZero() ? Runnable::run : lookThreads;
        TargetTables.Looks looks = new TargetTables.Looks(tablesFreshFor, looking);
        FirstLook first = new FirstLook(lake, new RememberedTables(lake, names.ledger()), FirstLook.PATIENCE, looking);
        this.targets = new TargetTables(lake, first, names, settings, looks, this::forgetDecoders);
        this.unwritable = new UnwritableTables(() -> HoldingArea.open(lake, names.ledger()), looks);
        this.share = limits.share(settings.writersInProcess(), settings.writersInSubtask());
        this.threads = new FileThreads(settings.subtask());
        this.memory = new WriterMemory(share, threads);
        int writersOfKeys = settings.writersInProcess() / Math.max(1, settings.writersInSubtask());
        this.seen = new SeenTables(lake, settings.owned(), SeenMemory.ofHeap(writersOfKeys), SeenTables.Waits.DEFAULT);
        this.refusals = new Refusals(new DecisionLog(lake, names, Retries.DEFAULT));
        Optional<BoundDecoders> bound =
                keeping.evolution().map(evolution -> new BoundDecoders(evolution, unsaved, refusals, this::turn));
        this.decoders = new Decoders(
                bound.<Decoders.Opening>map(opening -> opening::rows).orElse(IcebergWriters::decoder), tablesFreshFor);
        this.sent = new SentRecords(bound, tablesFreshFor);
        this.deleted = new DeletedKeys(tablesFreshFor);
    }

    private static RowDecoder decoder(TargetTable table, FormatReader format, int schemaId, RawRecord first)
            throws Rejected {
        return format.decoder(schemaId, table.columns(), table.rows());
    }

    /** Ends the files of a table that has other columns now; those of others stay open. */
    private TargetTable turn(TargetTable before, Table now) {
        TargetTable target = targets.seen(before.name(), now);
        sent.forget(before.name());
        deleted.forget(before.name());
        if (target.hasFilesOf(before)) {
            return before;
        }
        decoders.forget(before.name());
        TableFiles ended = tables.get(before.name());
        if (ended != null) {
            end(ended);
        }
        tables.put(before.name(), files(target));
        return target;
    }

    private void forgetDecoders(TableName table) {
        decoders.forget(table);
        sent.forget(table);
        deleted.forget(table);
    }

    @Override
    public boolean gathersPartitions(TableName table) {
        return targets.current(table).flatMap(TargetTable::gatheredPartitions).isPresent();
    }

    @Override
    public int partition(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        Optional<TargetTable> target = targets.current(table)
                .filter(there -> there.gatheredPartitions().isPresent());
        if (target.isEmpty()) {
            // It was altered, or is gone, since the caller asked.
            return 0;
        }
        return sent.partition(target.get(), format, schemaId, record);
    }

    @Override
    public void learn(TableName table) {
        settings.unique().of(table).ifPresent(rows -> seen.learn(table, rows));
    }

    @Override
    public boolean isKeyed(TableName table) {
        return !settings.keys().of(table).isEmpty()
                || settings.unique().of(table).isPresent();
    }

    @Override
    public int key(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        TableFiles files = files(table).orElseThrow(() -> gone(table));
        Optional<Rejected> waits = waits(table, files);
        if (waits.isPresent()) {
            throw waits.get();
        }
        // Binds the schema, and may change the table: a key that is read by names may be another column's value.
        decoder(files, format, schemaId, record);
        TargetTable target = tables.getOrDefault(table, files).target();
        try {
            return sent.key(target, format, schemaId, record);
        } catch (Rejected rejected) {
            requireKnown(target, rejected, BY_COLUMNS);
            throw rejected;
        }
    }

    @Override
    public int deletedKey(TableName table, FormatReader keys, RawRecord record) throws Rejected {
        TableFiles files = files(table).orElseThrow(() -> gone(table));
        Optional<Rejected> waits = waits(table, files);
        if (waits.isPresent()) {
            throw waits.get();
        }
        try {
            return deleted.number(files.target(), keys, record);
        } catch (Rejected rejected) {
            requireKnown(files.target(), rejected, BY_COLUMNS);
            throw rejected;
        }
    }

    /** Its columns are not known, so no row can be made; the bytes are kept. */
    private Rejected gone(TableName table) {
        return new Rejected(
                RejectCode.TABLE_GONE, String.valueOf(lake.missing(table).getMessage()));
    }

    @Override
    public long bytesThatMayWait() {
        return share.waiting();
    }

    @Override
    public List<Optional<NoRow>> write(TableName table, FormatReader format, int schemaId, List<RawRecord> batch) {
        Optional<TableFiles> known = files(table);
        if (known.isEmpty()) {
            return all(batch, gone(table));
        }
        Optional<Rejected> waits = waits(table, known.get());
        if (waits.isPresent()) {
            return all(batch, waits.get());
        }
        RowDecoder decoder;
        try {
            decoder = decoder(known.get(), format, schemaId, batch.get(0));
        } catch (Rejected allOfThem) {
            return all(batch, allOfThem);
        }
        // Others than before if the table was changed for that schema.
        TableFiles files = tables.getOrDefault(table, known.get());
        List<Optional<NoRow>> outcomes = new ArrayList<>(batch.size());
        for (RawRecord record : batch) {
            outcomes.add(write(files, decoder, record));
        }
        memory.settle(files);
        makeRoomForNewest(files);
        return outcomes;
    }

    @Override
    public List<Optional<NoRow>> delete(TableName table, FormatReader keys, List<RawRecord> batch) {
        Optional<TableFiles> known = files(table);
        if (known.isEmpty()) {
            return all(batch, gone(table));
        }
        TableFiles files = known.get();
        Optional<Rejected> waits = waits(table, files);
        if (waits.isPresent()) {
            return all(batch, waits.get());
        }
        KeyedRows newest = files.newest()
                .orElseThrow(() -> new IllegalStateException("our bug: a row of " + table + " is deleted by no key"));
        List<Optional<NoRow>> outcomes = new ArrayList<>(batch.size());
        for (RawRecord record : batch) {
            try {
                Record row = deleted.keyAlone(files.target(), keys, record);
                newest.delete(row, record.split()).ifPresent(replaced -> supersede(table, replaced));
                outcomes.add(Optional.empty());
            } catch (Rejected rejected) {
                requireKnown(files.target(), rejected, BY_COLUMNS);
                outcomes.add(Optional.of(rejected));
            }
        }
        makeRoomForNewest(files);
        return outcomes;
    }

    /** May change the table. */
    private RowDecoder decoder(TableFiles files, FormatReader format, int schemaId, RawRecord first) throws Rejected {
        try {
            return decoders.decoder(files.target(), format, schemaId, first);
        } catch (Rejected allOfThem) {
            requireKnown(files.target(), allOfThem, OF_ALL_ROWS);
            if (allOfThem.code() == RejectCode.TABLE_PAUSED) {
                // Its records of other schemas wait, too, or they would come to the table before these.
                paused.put(files.target().name(), allOfThem);
            }
            throw allOfThem;
        }
    }

    /** Where the newest rows of all keyed tables take too much, the largest ends its round, as often as it takes. */
    private void makeRoomForNewest(TableFiles files) {
        if (files.newest().isEmpty()) {
            return;
        }
        while (newestBytes() > share.files() / 2) {
            tables.values().stream()
                    .filter(table -> table.newest().isPresent())
                    .max(Comparator.comparingLong(
                            table -> table.newest().orElseThrow().bytes()))
                    .ifPresent(largest -> {
                        endRound(largest);
                        largest.awaitDeletes();
                    });
        }
    }

    private long newestBytes() {
        return tables.values().stream()
                .flatMap(files -> files.newest().stream())
                .mapToLong(KeyedRows::bytes)
                .sum();
    }

    private void endRound(TableFiles files) {
        end(files);
        tables.remove(files.target().name());
    }

    /** Nothing more comes for these files. */
    private void end(TableFiles files) {
        int rows = 0;
        for (Record row : files.takeNewest(threads)) {
            files.add(row);
            if (++rows % ROWS_BETWEEN_LOOKS == 0) {
                memory.settle(files);
            }
        }
        memory.completeAll(files);
        cut.add(files);
    }

    /** Why records of a table wait, if they do. */
    private Optional<Rejected> waits(TableName table, TableFiles files) {
        Rejected found = paused.get(table);
        if (found != null) {
            return Optional.of(found);
        }
        if (putsBack()) {
            // It has asked before it began, and what has waited comes to a table before its pause ends.
            return Optional.empty();
        }
        Optional<Rejected> said = files.target().paused().map(TargetTable::rejection);
        // Until the barrier: within an epoch a writer's rows are older than what it has sent to quarantine.
        said.ifPresent(reason -> paused.put(table, reason));
        if (said.isPresent() && files.isUntouched()) {
            // So that the next one looks whether it still does.
            tables.remove(table);
        }
        return said;
    }

    private boolean putsBack() {
        return !names.pipeline().equals(names.author());
    }

    @Override
    public void quarantine(List<QuarantinedRecord> records) {
        TableFiles files = files(names.quarantine()).orElseThrow(() -> lake.missing(names.quarantine()));
        QuarantineTable.Rows rows = new QuarantineTable.Rows(files.target(), names.pipeline(), settings);
        Instant now = Instant.now();
        for (QuarantinedRecord record : records) {
            files.add(rows.row(record, now));
        }
        memory.settle(files);
    }

    @Override
    public void replayed(List<QuarantinedRow> replayed) {
        TableFiles files = files(names.replayed()).orElseThrow(() -> lake.missing(names.replayed()));
        ReplayedTable.Rows rows = new ReplayedTable.Rows(files.target(), settings.run());
        Instant now = Instant.now();
        replayed.forEach(row -> files.add(rows.row(row, now)));
        memory.settle(files);
    }

    @Override
    public void complete(TableName table) {
        TableFiles files = tables.get(table);
        if (files == null) {
            return;
        }
        if (files.newest().isPresent()) {
            // What comes all the same is a round of its own.
            endRound(files);
        } else {
            memory.completeAll(files);
        }
    }

    @Override
    public Map<TableName, Map<Split, Long>> drainSuperseded() {
        Map<TableName, Map<Split, Long>> drained = new TreeMap<>(superseded);
        superseded.clear();
        return drained;
    }

    @Override
    public List<StagedFiles> stage() {
        List.copyOf(tables.keySet()).forEach(this::complete);
        memory.awaitCompletion();
        List<Future<StagedFiles>> manifests = new ArrayList<>();
        for (TableFiles files : sinceTheBarrier()) {
            if (!files.isEmpty()) {
                TableFiles.Round next = new TableFiles.Round(id, rounds++);
                manifests.add(threads.submit(files.manifest(properties(files.target()), next)));
            }
        }
        List<StagedFiles> staged = manifests.stream().map(FileThreads::await).toList();
        // Only now, when the caller gets them: until here a failure leaves files that close() may delete.
        tables.clear();
        cut.clear();
        if (!putsBack()) {
            paused.clear();
        }
        long early = memory.drainCompletedEarly();
        if (early > 0) {
            LOG.warn(
                    "{} files were completed before their time, for more rows came than memory holds;"
                            + " more of it makes fewer and larger files: `memory` in the file's `sink`",
                    early);
        }
        return staged;
    }

    /** What the table is to be told with its next rows. */
    private SortedMap<String, String> properties(TargetTable target) {
        return target.name().equals(names.quarantine()) ? refusals.take() : unsaved.take(target);
    }

    @Override
    public void close() {
        lookThreads.shutdownNow();
        threads.close();
        sinceTheBarrier().forEach(TableFiles::abandon);
        tables.clear();
        cut.clear();
    }

    private List<TableFiles> sinceTheBarrier() {
        List<TableFiles> all = new ArrayList<>(cut);
        all.addAll(tables.values());
        return all;
    }

    /** For tests: how many data files are and were open at once. */
    OpenFileCount openFiles() {
        return count;
    }

    /** For tests: what rows and files take, as it is counted. */
    long bytesHeld() {
        return memory.bytes();
    }

    /** Empty for a table that has been gone since the writer started. */
    private Optional<TableFiles> files(TableName table) {
        TableFiles known = tables.get(table);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TableFiles> files = targets.current(table).map(this::files);
        files.ifPresent(first -> tables.put(table, first));
        return files;
    }

    private TableFiles files(TargetTable target) {
        unwritable.look(target.name());
        if (target.isRemembered()) {
            unwritable.useArea();
        }
        return new TableFiles(target, unwritable, count);
    }

    /** A table that is only remembered may have been altered since, so what its columns are to blame for is not the record's end. */
    private static void requireKnown(TargetTable table, Rejected rejected, Set<RejectCode> codes) {
        if (table.isRemembered() && codes.contains(rejected.code())) {
            throw new OutsideException(
                    "table `" + table.name() + "` is not to be had from the catalog, and as it was at its last"
                            + " commit it does not take a record: " + rejected.reason());
        }
    }

    private static List<Optional<NoRow>> all(List<RawRecord> batch, Rejected reason) {
        return Collections.nCopies(batch.size(), Optional.of(reason));
    }

    private Optional<NoRow> write(TableFiles files, RowDecoder decoder, RawRecord record) {
        Object row;
        try {
            row = record.row(decoder);
        } catch (Rejected rejected) {
            requireKnown(files.target(), rejected, BY_COLUMNS);
            return Optional.of(rejected);
        }
        if (row instanceof LeftOut leftOut) {
            return Optional.of(leftOut);
        }
        if (files.newest().isEmpty()) {
            Optional<NoRow> known = known(files.target(), (Record) row);
            if (known.isEmpty()) {
                files.add((Record) row);
            }
            return known;
        }
        files.newest()
                .get()
                .put((Record) row, record.split())
                .ifPresent(replaced -> supersede(files.target().name(), replaced));
        return Optional.empty();
    }

    /** Why the table is not to have a row, if it takes none a second time. */
    private Optional<NoRow> known(TargetTable target, Record row) {
        return target.unique().flatMap(columns -> seen.take(target, columns, row));
    }

    private void supersede(TableName table, Split replaced) {
        superseded.computeIfAbsent(table, first -> new TreeMap<>()).merge(replaced, 1L, Long::sum);
    }
}

package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaChangeLog;
import dev.firn.spi.sink.SchemaEvent;
import dev.firn.spi.sink.SchemaRollback;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRewind;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.jspecify.annotations.Nullable;

/** An opened catalog with the pipeline's ledger, writers and commits. */
final class IcebergLake implements Lake {

    private final LakeTables tables;
    private final LakeNames names;
    private final Retries retries;
    private final Duration tablesFreshFor;
    private final WriterLimits limits;
    private final HeldFiles held;
    private final RememberedTables remembered;
    private final DecisionLog decisions;

    private volatile @Nullable LedgerId ledger;
    private volatile @Nullable QuarantineTopic topic;

    IcebergLake(LakeTables tables, LakeNames names, Retries retries, Duration tablesFreshFor, WriterLimits limits) {
        this.tables = tables;
        this.names = names;
        this.retries = retries;
        this.tablesFreshFor = tablesFreshFor;
        this.limits = limits;
        this.held = new HeldFiles(tables, names.ledger());
        this.remembered = new RememberedTables(tables, names.ledger());
        this.decisions = new DecisionLog(tables, names, retries);
    }

    static IcebergLake open(CatalogSettings settings, LakeNames names, WriterLimits limits) {
        LakeTables tables = new LakeTables(catalog(settings), settings, UnaryOperator.identity());
        return new IcebergLake(tables, names, Retries.DEFAULT, IcebergWriters.TABLES_FRESH_FOR, limits);
    }

    /** From now on the topic gets what goes to quarantine; it is closed with this lake. */
    IcebergLake beside(QuarantineTopic quarantined) {
        topic = quarantined;
        return this;
    }

    /** One without tables, in this process alone. */
    static IcebergLake nowhere(LakeNames names) {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("nowhere", Map.of());
        LakeTables tables = new LakeTables(catalog, CatalogSettings.NOWHERE, UnaryOperator.identity());
        return new IcebergLake(tables, names, Retries.DEFAULT, IcebergWriters.TABLES_FRESH_FOR, WriterLimits.DEFAULT);
    }

    @Override
    public Optional<ExistingTable> table(TableName name) {
        return tables.find(name).map(table -> existing(name, table));
    }

    @Override
    public Optional<ExistingTable> tableToWrite(TableName name) {
        ExecutorService thread = LookThreads.start(0);
        try {
            FirstLook first = new FirstLook(tables, remembered, FirstLook.PATIENCE, thread);
            return first.at(name).table().map(table -> existing(name, table));
        } finally {
            thread.shutdownNow();
        }
    }

    private static ExistingTable existing(TableName name, Table table) {
        TableMetadata metadata = LakeTables.operations(table).current();
        Map<String, String> properties = new HashMap<>(table.properties());
        // What is asked for as a property, and kept as a field of its own.
        properties.put(TableProperties.FORMAT_VERSION, Integer.toString(metadata.formatVersion()));
        return new ExistingTable(
                metadata.uuid(),
                IcebergTypes.columns(name.full(), table.schema()),
                IcebergPartitions.transforms(name.full(), table.spec()),
                IcebergSortOrders.words(table.sortOrder()),
                properties);
    }

    @Override
    public Set<TableName> tables(String namespace) {
        return tables.list(namespace);
    }

    @Override
    public void create(TableSpec table) {
        TableMarks marks = marks(table.name());
        SortedMap<String, String> properties = new TreeMap<>(table.properties());
        properties.put(
                marks.property(), EpochMark.withoutSnapshot(0, marks.ledger()).text());
        TableSpec marked =
                new TableSpec(table.name(), table.schema(), table.partitioning(), table.sortOrder(), properties);
        retries.call("create table `" + table.name() + "`", tables.outside(), () -> tables.create(marked))
                .ifPresent(made -> remembered.remember(table.name(), made));
    }

    @Override
    public TableSpec quarantineTable() {
        return QuarantineTable.spec(names.quarantine());
    }

    @Override
    public Ledger ledger() {
        ledgerId();
        return new IcebergLedger(tables, names, retries);
    }

    @Override
    public List<OtherPipeline> otherPipelines(TableName table) {
        TableMarks marks = marks(table);
        return tables.find(table)
                .map(found -> marks.others(LakeTables.operations(found).current()))
                .orElse(List.of());
    }

    @Override
    public Optional<Ledger> ledgerOf(OtherPipeline other) {
        return other.ledger()
                .filter(name -> tables.find(name)
                        .filter(found ->
                                LakeTables.operations(found).current().uuid().equals(other.ledgerIncarnation()))
                        .isPresent())
                .map(name -> new LakeNames(other.name(), name, names.quarantine()))
                .map(theirs -> new IcebergLedger(tables, theirs, retries));
    }

    @Override
    public OptionalLong lastEpoch(TableName table) {
        TableMarks marks = marks(table);
        return tables.find(table)
                .map(found -> marks.known(LakeTables.operations(found).current()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public void startBehind(TableName table, long epoch) {
        TableMarks marks = marks(table);
        Table marked = retries.call("mark table `" + table + "`", tables.outside(), () -> {
            Table found = tables.load(table);
            found.updateProperties()
                    .set(
                            marks.property(),
                            EpochMark.withoutSnapshot(epoch, marks.ledger()).text())
                    .commit();
            return found;
        });
        // Another one than before, most likely.
        remembered.remember(table, marked);
    }

    @Override
    public void commit(TableName table, List<StagedEpoch> epochs) {
        EpochCommit commit = new EpochCommit(tables, marks(table), held, remembered, retries);
        QuarantineTopic told = topic;
        if (told != null && table.equals(names.quarantine())) {
            publish(
                    retries.call(
                            "look what table `" + table + "` lacks", tables.outside(), () -> commit.missing(epochs)),
                    told);
        }
        commit.commit(epochs, (found, missing) -> firstHeld(table, found, missing), decisions);
    }

    /** First, so that what the table has is in the topic, and what waits for it is where it was staged. */
    private void publish(List<StagedEpoch> missing, QuarantineTopic told) {
        if (!missing.isEmpty()) {
            told.publish(new QuarantineTopic.Publication(
                    names.pipeline(),
                    ledgerId().uuid(),
                    () -> ledger().read().lastEpoch(),
                    missing.stream().map(StagedEpoch::epoch).toList(),
                    new StagedQuarantine(tables, names).rows(missing)));
        }
    }

    @Override
    public boolean lacks(TableName table, List<StagedEpoch> epochs) {
        return new EpochCommit(tables, marks(table), held, remembered, retries).lacks(epochs);
    }

    /** Older records that have waited come first; whoever puts them back is not held by them. */
    private OptionalLong firstHeld(TableName name, Table table, List<StagedEpoch> epochs) {
        PauseOrder order = PauseOrder.in(table.properties(), names.author());
        return order.isOpen() && names.pipeline().equals(names.author())
                ? order.firstHeld(ledger(), name, epochs)
                : OptionalLong.empty();
    }

    @Override
    public Optional<TableRewind> rewind(TableName table, long to) {
        TableMarks marks = marks(table);
        return tables.find(table)
                .map(found -> LakeTables.operations(found).current())
                .map(metadata -> rewind(marks, metadata, to));
    }

    private static TableRewind rewind(TableMarks marks, TableMetadata metadata, long to) {
        // A table that was rolled back, or is another ledger's, is refused before anything is decided.
        marks.known(metadata);
        return TablePast.of(marks, metadata).rewind(to);
    }

    @Override
    public void keep(TableRewind rewind, long at) {
        RewindCommit commit = new RewindCommit(tables, marks(rewind.table()));
        retries.run(
                "tag a snapshot of table `" + rewind.table() + "`", tables.outside(), () -> commit.keep(rewind, at));
    }

    @Override
    public void requireStaged(TableName table, List<StagedEpoch> epochs) {
        StagedCheck check = new StagedCheck(tables, marks(table), names.ledger());
        retries.run("look for what is staged for table `" + table + "`", tables.outside(), () -> check.require(epochs));
    }

    private TableMarks marks(TableName table) {
        return new TableMarks(table, names.pipeline(), ledgerId());
    }

    @Override
    public void read(TableName table, List<String> columns, Predicate<List<@Nullable Object>> row) {
        try {
            new TableReader(table, tables.load(table)).read(columns, row);
        } catch (UncheckedIOException | RESTException | NotFoundException e) {
            throw tables.outside().failed("read table `" + table + "`", e);
        }
    }

    @Override
    public Optional<TableRecount> recount(TableName table, TableRecount.Progress progress) {
        TableMarks marks = marks(table);
        return tables.find(table).map(found -> new TableCount(found, marks, tables.outside())
                .count(progress, table.equals(names.quarantine())));
    }

    @Override
    public Lake replay() {
        return new IcebergLake(tables, names.replay(), retries, tablesFreshFor, limits);
    }

    @Override
    public Optional<Lake> replayIfAny() {
        return tables.find(names.replay().ledger()).map(ledgerOfReplay -> replay());
    }

    @Override
    public TableSpec replayedTable() {
        return ReplayedTable.spec(names.replayed());
    }

    @Override
    public Map<Split, Long> lastReplayed() {
        try {
            return new QuarantineReader(tables, names).replayed().last();
        } catch (UncheckedIOException | RESTException | NotFoundException e) {
            throw tables.outside().failed("read table `" + names.replayed() + "`", e);
        }
    }

    @Override
    public void quarantined(QuarantineSelection selection, Predicate<QuarantinedRow> row) {
        try {
            new QuarantineReader(tables, names).read(selection, row);
        } catch (UncheckedIOException | RESTException | NotFoundException e) {
            throw tables.outside().failed("read table `" + names.quarantine() + "`", e);
        }
    }

    @Override
    public Optional<PausedTable> paused(TableName table) {
        return tables.find(table).flatMap(found -> PauseMark.in(table, found.properties(), names.author()));
    }

    @Override
    public Optional<Foreseen> decide(
            TableName table, List<SchemaLineage> lineages, RawRecord first, SchemaEvolution evolution) {
        TableEvolution.Outcome outcome =
                new TableEvolution(tables, names.author(), 0, evolution, retries).bind(table, lineages, first);
        if (outcome instanceof TableEvolution.Refused refused) {
            return Optional.of(new Foreseen.Refuses(refused.decision(), refused.reason(), List.of()));
        }
        return foresee(table, lineages, evolution);
    }

    @Override
    public void resume(TableName table) {
        pauses().end(table);
    }

    @Override
    public void keepOrder(TableName table, long epoch) {
        pauses().keepOrder(table, epoch);
    }

    @Override
    public boolean isResuming(TableName table) {
        return tables.find(table)
                .filter(found ->
                        PauseOrder.in(found.properties(), names.author()).isResuming())
                .isPresent();
    }

    @Override
    public void putBack(TableName table, long through) {
        pauses().putBack(table, through);
    }

    @Override
    public void resumed(TableName table, long through) {
        pauses().finish(table, through);
    }

    private EndedPauses pauses() {
        return new EndedPauses(tables, names.author(), retries);
    }

    @Override
    public SchemaChangeLog schemaChanges() {
        return decisions;
    }

    @Override
    public Optional<List<SchemaEvent>> schemaHistory(TableName table) {
        return tables.find(table).map(found -> new SchemaEvents(tables, names).of(table, found));
    }

    @Override
    public Optional<SchemaRollback> schemaRollback(RollbackTarget to) {
        return rollback().plan(to);
    }

    @Override
    public void rollBack(SchemaRollback shown, long run) {
        rollback().make(shown, run);
    }

    @Override
    public List<String> heldBack(TableName table) {
        return rollback().heldBack(table);
    }

    @Override
    public void undoRollback(TableName table, List<String> shown, long run) {
        rollback().undo(table, shown, run);
    }

    private TableRollback rollback() {
        return new TableRollback(tables, names.pipeline(), remembered, retries);
    }

    @Override
    public TableWriters writers(WriterSettings settings, Optional<SchemaEvolution> evolution) {
        Optional<TableEvolution> evolving =
                evolution.map(judge -> new TableEvolution(tables, names.author(), settings.run(), judge, retries));
        IcebergWriters.Tables keeping = new IcebergWriters.Tables(tablesFreshFor, evolving);
        return new IcebergWriters(tables, names, settings, keeping, limits);
    }

    @Override
    public Optional<Foreseen> foresee(TableName table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
        return new Foresight(tables, names.author(), evolution).of(table, lineages);
    }

    @Override
    public Foreseen foresee(TableSpec table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
        return new Foresight(tables, names.author(), evolution).of(table, lineages);
    }

    @Override
    public void close() {
        QuarantineTopic told = topic;
        try {
            if (told != null) {
                told.close();
            }
        } finally {
            tables.close();
        }
    }

    /** The uuid of the ledger table, which is made if it is not there. */
    private LedgerId ledgerId() {
        LedgerId known = ledger;
        if (known == null) {
            Table found = retries.call("open the ledger `" + names.ledger() + "`", tables.outside(), this::openLedger);
            LedgerMarks.requireOwner(found.properties(), names);
            known = new LedgerId(
                    LakeTables.operations(found).current().uuid(),
                    names.ledger().full());
            ledger = known;
        }
        return known;
    }

    private Table openLedger() {
        return tables.find(names.ledger()).orElseGet(() -> {
            tables.create(LedgerTable.spec(names));
            return tables.load(names.ledger());
        });
    }

    /** Iceberg and Hadoop look for classes with the thread's loader, and the caller may be a thread of a pool. */
    static Catalog catalog(CatalogSettings settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(IcebergLake.class.getClassLoader());
        try {
            return CatalogUtil.buildIcebergCatalog(
                    settings.name(), SqliteCatalog.spareTheLook(settings.properties()), LocalFiles.configuration());
        } catch (RuntimeException | LinkageError | SQLException e) {
            throw new Outside(settings).failed("open", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}

package dev.firn.flink.testing;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeFactory;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRewind;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A lake in memory that outlives the jobs writing to it, as a catalog does. */
public final class FakeLake {

    public static final TableName QUARANTINE = new TableName("sales.firn_quarantine");

    private static final Map<String, FakeLake> LAKES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "lake-" + COUNT.incrementAndGet();
    private final Faults faults = new Faults();
    private final FakeLedger ledger = new FakeLedger(faults);
    private final Map<TableName, Table> tables = new TreeMap<>();
    private final Map<String, List<String>> files = new TreeMap<>();
    private final List<String> events = new ArrayList<>();
    private final Map<TableName, TableSpec> made = new ConcurrentHashMap<>();
    private final Set<TableName> gathered = ConcurrentHashMap.newKeySet();
    private final Set<TableName> keyed = ConcurrentHashMap.newKeySet();
    private final List<String> deletes = Collections.synchronizedList(new ArrayList<>());
    private final List<TableName> learnt = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean deleting;
    private final AtomicInteger listings = new AtomicInteger();
    private final Map<TableName, String> refused = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger openings = new AtomicInteger();

    private static final class Table {
        private final List<String> rows = new ArrayList<>();
        private long lastEpoch;
    }

    private record Factory(String lake) implements LakeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public Lake open(ReferenceResolver references) {
            return named(lake).open();
        }
    }

    private FakeLake() {}

    public static FakeLake create() {
        FakeLake lake = new FakeLake();
        LAKES.put(lake.name, lake);
        return lake;
    }

    public static FakeLake named(String name) {
        FakeLake lake = LAKES.get(name);
        if (lake == null) {
            throw new IllegalStateException("no lake " + name);
        }
        return lake;
    }

    public String name() {
        return name;
    }

    public LakeFactory factory() {
        return new Factory(name);
    }

    public static LakeFactory factory(String lake) {
        return new Factory(lake);
    }

    public Faults faults() {
        return faults;
    }

    public FakeLedger ledger() {
        return ledger;
    }

    /** How many lakes, writers and readers are open. */
    public int leaks() {
        return open.get();
    }

    /** What was committed to tables, in order, such as {@code sales.orders 1+2}. */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** From now on records without a value delete rows. */
    public void deleteByKeys() {
        deleting = true;
    }

    boolean isDeleting() {
        return deleting;
    }

    void deleted(TableName table, String key) {
        deletes.add(table + " " + key);
    }

    /** What was deleted, such as {@code sales.orders kafka/orders-0@2 key-a}. */
    public List<String> deletes() {
        return List.copyOf(deletes);
    }

    public synchronized List<String> rows(TableName table) {
        Table found = tables.get(table);
        return found == null ? List.of() : List.copyOf(found.rows);
    }

    /** How often a job has opened the lake: once a task. */
    public int openings() {
        return openings.get();
    }

    public synchronized void awaitRows(TableName table, int count) throws InterruptedException {
        while (rows(table).size() < count) {
            wait();
        }
    }

    /** The tables that were made, as they were made. */
    public Map<TableName, TableSpec> made() {
        return made;
    }

    /** How often somebody asked which tables there are. */
    public int listings() {
        return listings.get();
    }

    /** From now on each of the table's partitions wants one writer. */
    public void gatherPartitions(TableName table) {
        gathered.add(table);
    }

    /** From now on records of the table take the places of its rows. */
    public void replaceRows(TableName table) {
        keyed.add(table);
    }

    boolean isKeyed(TableName table) {
        return keyed.contains(table);
    }

    boolean gathersPartitions(TableName table) {
        return gathered.contains(table);
    }

    /** From now on the table can't take this value. */
    public void refuse(TableName table, String value) {
        refused.put(table, value);
    }

    void learnt(TableName table) {
        learnt.add(table);
    }

    /** Tables of which writers have asked what they have, before any record came. */
    public List<TableName> learnt() {
        return List.copyOf(learnt);
    }

    boolean refuses(TableName table, String value) {
        return value.equals(refused.get(table));
    }

    /** Makes files as a writer does. */
    public synchronized StagedFiles stage(TableName table, List<String> rows) {
        String file = table + "/" + files.size();
        files.put(file, List.copyOf(rows));
        return new StagedFiles(table, "uuid-of-" + table, file.getBytes(StandardCharsets.UTF_8), 1, rows.size(), 100);
    }

    Faults opened() {
        open.incrementAndGet();
        return faults;
    }

    void closed() {
        open.decrementAndGet();
    }

    private Lake open() {
        return faults.call("open", () -> {
            opened();
            openings.incrementAndGet();
            return new Opened();
        });
    }

    private synchronized void commit(TableName name, List<StagedEpoch> epochs) {
        Table table = tables.computeIfAbsent(name, missing -> new Table());
        List<String> landed = new ArrayList<>();
        for (StagedEpoch epoch : epochs) {
            if (epoch.epoch() <= table.lastEpoch) {
                continue;
            }
            for (StagedFiles staged : epoch.files()) {
                table.rows.addAll(files.getOrDefault(new String(staged.pointer(), StandardCharsets.UTF_8), List.of()));
            }
            table.lastEpoch = epoch.epoch();
            landed.add(Long.toString(epoch.epoch()));
        }
        events.add(name + " " + String.join("+", landed));
        notifyAll();
    }

    private synchronized void events(String event) {
        events.add(event);
    }

    private synchronized OptionalLong lastEpochOf(TableName table) {
        Table found = tables.get(table);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found.lastEpoch);
    }

    private final class Opened implements Lake {

        @Override
        public Optional<ExistingTable> table(TableName table) {
            return faults.call("table " + table, () -> existing(table));
        }

        @Override
        public Optional<ExistingTable> tableToWrite(TableName table) {
            return faults.call("table to write " + table, () -> existing(table));
        }

        private Optional<ExistingTable> existing(TableName table) {
            return Optional.ofNullable(made.get(table))
                    .map(spec -> new ExistingTable(
                            "uuid",
                            spec.schema(),
                            spec.partitioning(),
                            spec.sortOrder().stream().map(Object::toString).toList(),
                            spec.properties()));
        }

        @Override
        public Set<TableName> tables(String namespace) {
            return faults.call("list", () -> {
                listings.incrementAndGet();
                return made.keySet().stream()
                        .filter(table -> table.full().startsWith(namespace + "."))
                        .collect(Collectors.toSet());
            });
        }

        @Override
        public void create(TableSpec table) {
            faults.run("create " + table.name(), () -> made.putIfAbsent(table.name(), table));
        }

        @Override
        public TableSpec quarantineTable() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PausedTable> paused(TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Foreseen> decide(
                TableName table, List<SchemaLineage> lineages, RawRecord first, SchemaEvolution evolution) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keepOrder(TableName table, long epoch) {
            faults.run("keep order " + table, () -> events(table + " waits in " + epoch));
        }

        @Override
        public Lake replay() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Lake> replayIfAny() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Split, Long> lastReplayed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableSpec replayedTable() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void quarantined(QuarantineSelection selection, Predicate<QuarantinedRow> row) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FakeLedger ledger() {
            return faults.call("ledger", () -> ledger);
        }

        @Override
        public List<OtherPipeline> otherPipelines(TableName table) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Ledger> ledgerOf(OtherPipeline other) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong lastEpoch(TableName table) {
            return faults.call("last epoch " + table, () -> lastEpochOf(table));
        }

        @Override
        public void requireStaged(TableName table, List<StagedEpoch> epochs) {
            faults.run("staged " + table, () -> {});
        }

        @Override
        public void startBehind(TableName table, long epoch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void commit(TableName table, List<StagedEpoch> epochs) {
            faults.run("commit " + table, () -> FakeLake.this.commit(table, epochs));
        }

        @Override
        public boolean lacks(TableName table, List<StagedEpoch> epochs) {
            return faults.call("lacks " + table, () -> {
                long last = lastEpochOf(table).orElse(0);
                return epochs.stream().anyMatch(epoch -> epoch.epoch() > last && epoch.changesRows());
            });
        }

        @Override
        public Optional<TableRewind> rewind(TableName table, long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep(TableRewind rewind, long at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void read(TableName table, List<String> columns, Predicate<List<@Nullable Object>> row) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<TableRecount> recount(TableName table, TableRecount.Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableWriters writers(WriterSettings settings, Optional<SchemaEvolution> evolution) {
            return faults.call("writers", () -> new FakeWriters(FakeLake.this));
        }

        @Override
        public Optional<Foreseen> foresee(TableName table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Foreseen foresee(TableSpec table, List<SchemaLineage> lineages, SchemaEvolution evolution) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            faults.run("close", FakeLake.this::closed);
        }
    }
}

package dev.firn.connector.iceberg;

import dev.firn.definition.reference.Text;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/** A lake in a folder, with words for what tests do to it: as Firn, and, past Firn's back, as somebody else. */
final class TestLake implements AutoCloseable {

    static final TableName ORDERS = new TableName("sales.orders");
    static final LakeNames NAMES =
            new LakeNames("shop", new TableName("shop.firn_ledger"), new TableName("shop.firn_quarantine"));
    static final WriterLimits LIMITS = new WriterLimits(WriterLimits.SHARE_OF_HEAP, 64);
    static final TableSchema ONE_NUMBER = new TableSchema(List.of(Column.required("n", ColumnType.Primitive.LONG)));

    private final CatalogSettings settings;
    private final Catalog catalog;
    private final List<Lake> opened = new ArrayList<>();

    TestLake(CatalogKind kind, Path folder) {
        Map<String, Text> texts = kind.properties(folder).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Text(entry.getValue())));
        folder.toFile().mkdirs();
        this.settings = CatalogSettings.resolve(texts, raw -> raw);
        this.catalog = newCatalog();
    }

    /** A lake as the sink opens it, but that it does not wait between attempts and always looks at its tables anew. */
    Lake open() {
        return open(UnaryOperator.identity());
    }

    Lake open(UnaryOperator<TableOperations> commits) {
        return open(commits, new Retries(6, Duration.ofMillis(1)));
    }

    /** On a catalog that compares, when it swaps, what a REST catalog compares. */
    Lake openLikeRest(FaultyCommits faults) {
        return open(likeRest(faults));
    }

    UnaryOperator<TableOperations> likeRest(FaultyCommits faults) {
        return real -> faults.apply(
                new RestLikeOperations(real, () -> LakeTables.operations(catalog.loadTable(identifier(real)))));
    }

    private static TableIdentifier identifier(TableOperations operations) {
        String[] folders = operations.current().location().split("/", -1);
        return TableIdentifier.of(folders[folders.length - 2], folders[folders.length - 1]);
    }

    Lake open(UnaryOperator<TableOperations> commits, Retries retries) {
        return open(commits, retries, LIMITS);
    }

    Lake open(UnaryOperator<TableOperations> commits, Retries retries, WriterLimits limits) {
        LakeTables tables = new LakeTables(newCatalog(), settings, commits);
        Lake lake = new IcebergLake(tables, NAMES, retries, Duration.ZERO, limits);
        opened.add(lake);
        return lake;
    }

    /** One that looks at its tables again only after a while, and beside the writer. */
    Lake openThatLooksAgainAfter(Duration time) {
        LakeTables tables = new LakeTables(newCatalog(), settings, UnaryOperator.identity());
        Lake lake = new IcebergLake(tables, NAMES, new Retries(6, Duration.ofMillis(1)), time, LIMITS);
        opened.add(lake);
        return lake;
    }

    /** As somebody with other names opens it. */
    Lake open(LakeNames names) {
        LakeTables tables = new LakeTables(newCatalog(), settings, UnaryOperator.identity());
        Lake lake = new IcebergLake(tables, names, new Retries(6, Duration.ofMillis(1)), Duration.ZERO, LIMITS);
        opened.add(lake);
        return lake;
    }

    static TableSpec spec(TableName name, TableSchema schema, String... partitioning) {
        List<PartitionTransform> transforms = Stream.of(partitioning)
                .map(text -> PartitionTransform.parse(text).orElseThrow())
                .toList();
        return new TableSpec(name, schema, transforms, new TreeMap<>());
    }

    /** Stages rows of one number each, as one subtask does for one epoch. */
    static StagedEpoch stage(Lake lake, long run, long epoch, long... numbers) {
        return new StagedEpoch(run, epoch, stage(lake, run, ORDERS, ListedRows.ofNumbers(numbers)));
    }

    static List<StagedFiles> stage(Lake lake, long run, TableName table, ListedRows rows) {
        try (TableWriters writers = lake.writers(new WriterSettings(run, 0, 0))) {
            assertNoRejections(writers.write(table, rows, ListedRows.SCHEMA_ID, rows.records()));
            return writers.stage();
        }
    }

    private static void assertNoRejections(List<? extends java.util.Optional<?>> outcomes) {
        if (outcomes.stream().anyMatch(Optional::isPresent)) {
            throw new AssertionError("rejected: " + outcomes);
        }
    }

    /** The table as somebody else sees it who has just come. */
    Table table(TableName name) {
        return catalog.loadTable(TableIdentifier.parse(name.full()));
    }

    void create(TableName name, TableSchema schema) {
        catalog.createTable(TableIdentifier.parse(name.full()), IcebergTypes.schema(schema));
    }

    void create(TableName name, TableSchema schema, Map<String, String> properties) {
        catalog.buildTable(TableIdentifier.parse(name.full()), IcebergTypes.schema(schema))
                .withProperties(properties)
                .create();
    }

    void drop(TableName name) {
        catalog.dropTable(TableIdentifier.parse(name.full()), false);
    }

    /** A commit by somebody else. */
    void commitForeignFile() {
        table(ORDERS)
                .newAppend()
                .appendFile(foreignFile(table(ORDERS)))
                .set("who", "somebody else")
                .commit();
    }

    private static DataFile foreignFile(Table table) {
        return org.apache.iceberg.DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/foreign-" + System.nanoTime() + ".parquet")
                .withFileSizeInBytes(10)
                .withRecordCount(1_000_000)
                .withFormat(org.apache.iceberg.FileFormat.PARQUET)
                .build();
    }

    List<Record> rows(TableName name) {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table(name)).build()) {
            records.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** What the files of each snapshot take on the disk, the newest first. */
    List<Long> addedBytes() {
        FileIO io = table(ORDERS).io();
        return ancestry(ORDERS).stream()
                .map(snapshot -> StreamSupport.stream(
                                snapshot.addedDataFiles(io).spliterator(), false)
                        .mapToLong(
                                file -> io.newInputFile(file.path().toString()).getLength())
                        .sum())
                .toList();
    }

    List<Long> numbers() {
        return rows(ORDERS).stream().map(row -> (Long) row.get(0)).sorted().toList();
    }

    /** By the head's own count, so that foreign files that are not really there count too. */
    long totalRecords() {
        return Long.parseLong(table(ORDERS).currentSnapshot().summary().get("total-records"));
    }

    List<Snapshot> ancestry(TableName name) {
        Table table = table(name);
        List<Snapshot> ancestry = new ArrayList<>();
        for (Snapshot at = table.currentSnapshot();
                at != null;
                at = at.parentId() == null ? null : table.snapshot(at.parentId())) {
            ancestry.add(at);
        }
        return ancestry;
    }

    /** What is named by any snapshot of the table must be there; foreign files never were. */
    void assertEverySnapshotIsReadable(TableName name) {
        Table table = table(name);
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, table.io(), table.specs())) {
                    files.forEach(file -> assertThere(table, file.path().toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void assertThere(Table table, String path) {
        if (!path.contains("/foreign-") && !table.io().newInputFile(path).exists()) {
            throw new AssertionError("a snapshot names a file that is gone: " + path);
        }
    }

    LakeTables tables() {
        return tables(UnaryOperator.identity());
    }

    /** The same, but that the catalog does not answer so many times. */
    LakeTables tablesOfACatalogThatIsAway(AtomicInteger times) {
        Catalog away = (Catalog) Proxy.newProxyInstance(
                TestLake.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, arguments) -> {
                    if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new ServiceUnavailableException("503");
                    }
                    return method.invoke(catalog, arguments);
                });
        return new LakeTables(away, settings, UnaryOperator.identity());
    }

    LakeTables tables(UnaryOperator<TableOperations> commits) {
        return new LakeTables(catalog, settings, commits);
    }

    Ledger ledger() {
        return open().ledger();
    }

    static long[] numbers(long from, long to) {
        return LongStream.range(from, to).toArray();
    }

    private Catalog newCatalog() {
        return IcebergLake.catalog(settings);
    }

    @Override
    public void close() {
        opened.forEach(Lake::close);
    }

    /** What a lake's writers answer who leave no record out. */
    static List<Optional<Rejected>> write(
            TableWriters writers, TableName table, FormatReader format, int schemaId, List<RawRecord> batch) {
        return writers.write(table, format, schemaId, batch).stream()
                .map(outcome -> outcome.map(Rejected.class::cast))
                .toList();
    }
}

package dev.firn.benchmarks;

import dev.firn.connector.iceberg.Epochs;
import dev.firn.connector.iceberg.SinkTable;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * From data files that are written to a snapshot that has them: all that Firn does for it, against an append that anybody may
 * repeat or lose. Each measurement is the first commits of a new table, for a table's history costs more with each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommitBenchmark {

    static final int COMMITS = 20;

    private static final int ROWS = 100;

    @Param({"1", "10", "100"})
    private int files = 1;

    private final ScratchFolder folder = new ScratchFolder();
    private final Deque<Epochs> epochs = new ArrayDeque<>();
    private final Deque<SinkTable> plain = new ArrayDeque<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private List<DataFile> one = List.of();

    static CommitBenchmark of(int files) {
        CommitBenchmark benchmark = new CommitBenchmark();
        benchmark.files = files;
        return benchmark;
    }

    @Setup
    public void prepare(BenchmarkParams benchmark) throws Rejected {
        prepare(benchmark.getWarmup().getCount() + benchmark.getMeasurement().getCount());
    }

    /** A table of its own for each measurement; none is made while one is under way. */
    void prepare(int measurements) throws Rejected {
        EncodeBenchmark orders = EncodeBenchmark.of(Shape.ORDERS);
        orders.prepare(ROWS);
        one = List.of(orders.write(new InMemoryOutputFile()));
        orders.close();
        TableSchema columns =
                AvroColumns.of(Shape.ORDERS.schema(), AvroRules.STRICT).table().orElseThrow();
        for (int i = 0; i < measurements; i++) {
            epochs.add(Epochs.create(folder.path().resolve("firn-" + i), columns));
            plain.add(SinkTable.create(folder.path().resolve("plain-" + i), columns));
        }
        opened.addAll(epochs);
        opened.addAll(plain);
    }

    @Benchmark
    @OperationsPerInvocation(COMMITS)
    public Table firn() throws Exception {
        return firn(COMMITS);
    }

    Table firn(int commits) throws Exception {
        Epochs table = epochs.remove();
        for (int i = 0; i < commits; i++) {
            table.commit(written());
        }
        return requireFiles(commits * files, table.table());
    }

    /** As if each file were another subtask's. */
    @Benchmark
    @OperationsPerInvocation(COMMITS)
    public Table firnOfManyWriters() throws Exception {
        Epochs table = epochs.remove();
        for (int i = 0; i < COMMITS; i++) {
            table.commitOfWriters(written().stream().map(List::of).toList());
        }
        return requireFiles(COMMITS * files, table.table());
    }

    @Benchmark
    @OperationsPerInvocation(COMMITS)
    public Table append() {
        return append(COMMITS);
    }

    Table append(int commits) {
        Table table = plain.remove().table();
        for (int i = 0; i < commits; i++) {
            AppendFiles append = table.newAppend();
            written().forEach(append::appendFile);
            append.commit();
        }
        return requireFiles(commits * files, table);
    }

    /** Files with the figures of a real one, which nobody will read. */
    private List<DataFile> written() {
        List<DataFile> named = new ArrayList<>(files);
        for (int i = 0; i < files; i++) {
            named.add(DataFiles.builder(PartitionSpec.unpartitioned())
                    .copy(one.get(0))
                    .withPath(folder.path()
                            .resolve(UUID.randomUUID() + ".parquet")
                            .toString())
                    .build());
        }
        return named;
    }

    /** No speed without sameness. */
    static Table requireFiles(int expected, Table table) {
        String found = table.currentSnapshot().summary().get("total-data-files");
        if (!String.valueOf(expected).equals(found)) {
            throw new IllegalStateException("of " + expected + " files the table has " + found);
        }
        return table;
    }

    @TearDown
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        folder.delete();
    }
}

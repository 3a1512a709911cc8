package dev.firn.benchmarks;

import dev.firn.connector.iceberg.SinkTable;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroDecoder;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.FlinkAppenderFactory;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
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

/** From rows to a Parquet file in memory, by the sink's writer and by the one of Iceberg's FlinkSink. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

    /** So many that what a file costs by itself does not show. */
    static final int ROWS = 10_000;

    @Param
    private Shape shape = Shape.ORDERS;

    private final ScratchFolder folder = new ScratchFolder();
    private final List<Record> rows = new ArrayList<>();
    private final List<RowData> flinkRows = new ArrayList<>();
    private @Nullable SinkTable table;

    static EncodeBenchmark of(Shape shape) {
        EncodeBenchmark benchmark = new EncodeBenchmark();
        benchmark.shape = shape;
        return benchmark;
    }

    /** Bytes a row in the file that each writes. */
    static String sizes(Shape shape) {
        EncodeBenchmark benchmark = of(shape);
        try {
            benchmark.prepare(ROWS);
            long flink = benchmark.writeByFlink(new InMemoryOutputFile()).fileSizeInBytes();
            long firn = benchmark.write(new InMemoryOutputFile()).fileSizeInBytes();
            return String.format(Locale.ROOT, "%.1f, %.1f", (double) flink / ROWS, (double) firn / ROWS);
        } catch (Rejected e) {
            throw new IllegalStateException(e);
        } finally {
            benchmark.close();
        }
    }

    /** No speed without sameness: what both have written is read and compared first. */
    @Setup
    public void prepare() throws Rejected {
        prepare(ROWS);
        InMemoryOutputFile ours = new InMemoryOutputFile();
        InMemoryOutputFile flinks = new InMemoryOutputFile();
        write(ours);
        writeByFlink(flinks);
        requireSame(ours, flinks);
    }

    void prepare(int count) throws Rejected {
        Schema schema = shape.schema();
        TableSchema columns = AvroColumns.of(schema, AvroRules.STRICT).table().orElseThrow();
        SinkTable created = SinkTable.create(folder.path(), columns);
        table = created;
        RowDecoder decoder = AvroDecoder.compile(schema, schema, created.columns(), created.rows());
        for (RawRecord record : shape.records(count)) {
            Record row = (Record) decoder.decode(record);
            rows.add(row);
            flinkRows.add(FlinkRows.of(table().schema().asStruct(), row));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public DataFile firn() {
        return write(new InMemoryOutputFile());
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public DataFile flink() {
        return writeByFlink(new InMemoryOutputFile());
    }

    DataFile write(OutputFile file) {
        return Objects.requireNonNull(table).write(rows, file);
    }

    DataFile writeByFlink(OutputFile file) {
        FlinkAppenderFactory appenders = new FlinkAppenderFactory(
                table(),
                table().schema(),
                FlinkSchemaUtil.convert(table().schema()),
                table().properties(),
                PartitionSpec.unpartitioned(),
                null,
                null,
                null);
        DataWriter<RowData> writer = appenders.newDataWriter(
                EncryptedFiles.encryptedOutput(file, EncryptionKeyMetadata.EMPTY), FileFormat.PARQUET, null);
        try (writer) {
            for (RowData row : flinkRows) {
                writer.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    void requireSame(InMemoryOutputFile ours, InMemoryOutputFile others) {
        try (CloseableIterable<Record> left = read(ours);
                CloseableIterable<Record> right = read(others)) {
            Iterator<Record> our = left.iterator();
            Iterator<Record> other = right.iterator();
            while (our.hasNext() && other.hasNext()) {
                SameRows.require(table().schema().asStruct(), other.next(), our.next());
            }
            if (our.hasNext() || other.hasNext()) {
                throw new IllegalStateException("one file has more rows than the other");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CloseableIterable<Record> read(InMemoryOutputFile file) {
        return Parquet.read(file.toInputFile())
                .project(table().schema())
                .createReaderFunc(type -> GenericParquetReaders.buildReader(table().schema(), type))
                .build();
    }

    private Table table() {
        return Objects.requireNonNull(table).table();
    }

    @TearDown
    public void close() {
        Objects.requireNonNull(table).close();
        folder.delete();
    }
}

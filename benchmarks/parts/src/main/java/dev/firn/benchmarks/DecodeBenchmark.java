package dev.firn.benchmarks;

import dev.firn.connector.iceberg.WrittenRows;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroDecoder;
import dev.firn.schema.avro.AvroRules;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From a record's bytes to the row that the sink writes, in three ways that make the same rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    private static final int RECORDS = 256;

    @Param
    private Shape shape = Shape.ORDERS;

    private RawRecord[] records = {};
    private RowDecoder firn = record -> record;
    private RowDecoder avro = record -> record;
    private RowDecoder fastAvro = record -> record;

    /** No speed without sameness: each way's rows are compared first. */
    @Setup
    public void prepare() throws Rejected {
        Schema schema = shape.schema();
        TableSchema columns = AvroColumns.of(schema, AvroRules.STRICT).table().orElseThrow();
        WrittenRows rows = WrittenRows.of(columns);
        records = shape.records(RECORDS).toArray(RawRecord[]::new);
        firn = AvroDecoder.compile(schema, schema, columns, rows.factory());
        avro = new ByWayOfAvro(schema, rows.schema(), ByWayOfAvro.Reader.STANDARD);
        fastAvro = new ByWayOfAvro(schema, rows.schema(), ByWayOfAvro.Reader.FAST);
        for (RawRecord record : records) {
            Object expected = avro.decode(record);
            SameRows.require(rows.schema().asStruct(), expected, firn.decode(record));
            SameRows.require(rows.schema().asStruct(), expected, fastAvro.decode(record));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void firn(Blackhole rows) throws Rejected {
        for (RawRecord record : records) {
            rows.consume(firn.decode(record));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void avro(Blackhole rows) throws Rejected {
        for (RawRecord record : records) {
            rows.consume(avro.decode(record));
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void fastAvro(Blackhole rows) throws Rejected {
        for (RawRecord record : records) {
            rows.consume(fastAvro.decode(record));
        }
    }
}

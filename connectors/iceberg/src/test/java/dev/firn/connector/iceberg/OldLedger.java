package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;

/** A ledger as the first Firn wrote it: a line a split, and every position in every row. */
final class OldLedger {

    private static final List<Column> SPLIT = List.of(
            Column.required("source", Primitive.STRING),
            Column.required("stream", Primitive.STRING),
            Column.required("partition", Primitive.INT),
            Column.required("incarnation", Primitive.STRING));

    private static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("epoch", Primitive.LONG),
            Column.required("run", Primitive.LONG),
            Column.required("plan_hash", Primitive.STRING),
            Column.required("checkpoint", Primitive.LONG),
            Column.required("written_at", Primitive.TIMESTAMPTZ),
            Column.required("settled_through", Primitive.LONG),
            lines("positions", SPLIT, Column.required("position", Primitive.LONG)),
            lines(
                    "progress",
                    SPLIT,
                    Column.required("from_position", Primitive.LONG),
                    Column.required("to_position", Primitive.LONG),
                    Column.required("read", Primitive.LONG)),
            lines(
                    "outcomes",
                    SPLIT,
                    Column.required("outcome", Primitive.STRING),
                    Column.required("table_name", Primitive.STRING),
                    Column.required("reason", Primitive.STRING),
                    Column.required("records", Primitive.LONG)),
            lines(
                    "staged",
                    List.of(),
                    Column.required("table_name", Primitive.STRING),
                    Column.required("incarnation", Primitive.STRING),
                    Column.required("pointer", Primitive.BINARY),
                    Column.required("files", Primitive.INT),
                    Column.required("records", Primitive.LONG),
                    Column.required("bytes", Primitive.LONG))));

    private final TestLake test;
    private final Map<Split, Long> positions = new TreeMap<>();

    OldLedger(TestLake test) {
        this.test = test;
        test.tables().create(new TableSpec(TestLake.NAMES.ledger(), COLUMNS, List.of(), new TreeMap<>()));
        test.table(TestLake.NAMES.ledger())
                .updateProperties()
                .set("firn.run", "1")
                .set("firn.run-claim", "first")
                .commit();
    }

    void append(Epoch epoch, long settledThrough) {
        epoch.progress().forEach(line -> positions.put(line.split(), line.to()));
        Table table = test.table(TestLake.NAMES.ledger());
        DataWriter<Record> file = new GenericAppenderFactory(table.schema(), table.spec())
                .newDataWriter(
                        OutputFileFactory.builderFor(table, 0, epoch.number())
                                .build()
                                .newOutputFile(),
                        FileFormat.PARQUET,
                        null);
        try (file) {
            file.write(row(table.schema(), epoch, settledThrough));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Transaction transaction = table.newTransaction();
        transaction
                .newAppend()
                .appendFile(file.toDataFile())
                .set("firn.epoch", Long.toString(epoch.number()))
                .commit();
        LedgerMarks.append(transaction.updateProperties(), epoch, settledThrough)
                .commit();
        transaction.commitTransaction();
    }

    private Record row(Schema schema, Epoch epoch, long settledThrough) {
        Record row = GenericRecord.create(schema);
        row.setField("epoch", epoch.number());
        row.setField("run", epoch.run());
        row.setField("plan_hash", epoch.planHash());
        row.setField("checkpoint", epoch.checkpoint());
        row.setField("written_at", OffsetDateTime.now(ZoneOffset.UTC));
        row.setField("settled_through", settledThrough);
        List<Record> lines = new ArrayList<>();
        positions.forEach((split, position) -> lines.add(line(schema, "positions", split, position)));
        row.setField("positions", lines);
        List<Record> progress = new ArrayList<>();
        for (SplitProgress line : epoch.progress()) {
            progress.add(line(schema, "progress", line.split(), line.from(), line.to(), line.read()));
        }
        row.setField("progress", progress);
        List<Record> outcomes = new ArrayList<>();
        for (OutcomeCount line : epoch.outcomes()) {
            outcomes.add(line(
                    schema,
                    "outcomes",
                    line.split(),
                    line.outcome().word(),
                    line.table(),
                    line.reason(),
                    line.records()));
        }
        row.setField("outcomes", outcomes);
        List<Record> staged = new ArrayList<>();
        for (StagedFiles files : epoch.staged()) {
            Record line = empty(schema, "staged");
            line.set(0, files.table().full());
            line.set(1, files.incarnation());
            line.set(2, ByteBuffer.wrap(files.pointer()));
            line.set(3, files.files());
            line.set(4, files.records());
            line.set(5, files.bytes());
            staged.add(line);
        }
        row.setField("staged", staged);
        return row;
    }

    private static Record line(Schema schema, String column, Split split, Object... rest) {
        Record line = empty(schema, column);
        line.set(0, split.source());
        line.set(1, split.stream());
        line.set(2, split.partition());
        line.set(3, split.incarnation());
        for (int i = 0; i < rest.length; i++) {
            line.set(4 + i, rest[i]);
        }
        return line;
    }

    private static Record empty(Schema schema, String column) {
        Types.StructType struct =
                schema.findType(column).asListType().elementType().asStructType();
        return GenericRecord.create(struct);
    }

    private static Column lines(String name, List<Column> first, Column... then) {
        List<Column> columns = new ArrayList<>(first);
        columns.addAll(List.of(then));
        return Column.required(name, new ColumnType.ListOf(new ColumnType.Struct(columns), Nullability.REQUIRED));
    }
}

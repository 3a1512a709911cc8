package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/** Writes rows of the ledger into a new file. */
final class LedgerRowWriter implements AutoCloseable {

    private static final FileFormat FORMAT = FileFormat.PARQUET;

    private final OwnTable own;
    private final StructFactory.Maker positions;
    private final StructFactory.Maker read;
    private final StructFactory.Maker outcomes;
    private final StructFactory.Maker staged;
    private final StructFactory.Maker used;
    private final StructFactory.Maker planned;
    private final DataWriter<Record> file;

    /** @param name a word or two in the file's name */
    LedgerRowWriter(TableName ledger, Table table, String name) {
        TableSchema columns = IcebergTypes.columns(ledger.full(), table.schema());
        RowFactory rows = new RowFactory(columns, table.schema(), FORMAT);
        this.own = new OwnTable(ledger, LedgerTable.COLUMNS, columns, rows);
        this.positions = rows.maker(LedgerTable.POSITIONS);
        this.read = rows.maker(LedgerTable.READ);
        this.outcomes = rows.maker(LedgerTable.OUTCOMES);
        this.staged = rows.maker(LedgerTable.STAGED);
        this.used = rows.maker(LedgerTable.USED);
        this.planned = rows.maker(LedgerTable.PLANNED);
        OutputFileFactory files = OutputFileFactory.builderFor(table, 0, 0)
                .operationId(name + "-" + UUID.randomUUID())
                .format(FORMAT)
                .build();
        this.file = new GenericAppenderFactory(table.schema(), table.spec())
                .setAll(table.properties())
                .newDataWriter(files.newOutputFile(), FORMAT, null);
    }

    void write(LedgerRow row) {
        LedgerRow.Head head = row.head();
        file.write(own.row(
                head.epoch(),
                head.first() == head.epoch() ? null : head.first(),
                head.run(),
                head.planHash(),
                head.checkpoint(),
                head.writtenAt().atOffset(ZoneOffset.UTC),
                head.settledThrough(),
                head.rewoundTo().isPresent() ? head.rewoundTo().getAsLong() : null,
                row.base().map(this::positions).orElse(null),
                moved(row.moved()),
                outcomes(row.outcomes()),
                row.staged().stream().map(this::staged).toList(),
                row.schemas().isEmpty() ? null : row.schemas().size(),
                row.schemas().used().isEmpty()
                        ? null
                        : row.schemas().used().stream().map(this::used).toList(),
                row.schemas().planned().isEmpty()
                        ? null
                        : row.schemas().planned().stream().map(this::planned).toList()));
    }

    private Object used(UsedSchema schema) {
        return used.struct(new @Nullable Object[] {schema.origin(), schema.id(), schema.definition()});
    }

    private Object planned(PlannedSchema schema) {
        return planned.struct(new @Nullable Object[] {
            schema.origin(), schema.source(), schema.stream(), schema.run(), schema.value(), schema.key()
        });
    }

    private List<Object> positions(Standing base) {
        List<Place> places = new ArrayList<>();
        new TreeMap<>(base.positions())
                .forEach((split, position) -> places.add(new Place(
                        split,
                        position,
                        LedgerRow.Tail.of(position, base.lastRecords().get(split)))));
        return PartitionBlocks.of(places, Place::split, place -> place.tail() != null).stream()
                .map(block -> struct(
                        positions,
                        block.first(),
                        numbers(block, Place::position),
                        tails(block, Place::tail, LedgerRow.Tail::behind),
                        tails(block, Place::tail, LedgerRow.Tail::term)))
                .toList();
    }

    /** Where a split stands. */
    private record Place(Split split, long position, LedgerRow.@Nullable Tail tail) {}

    /** A figure of the last records, which all lines of the block have or none. */
    private static <T> @Nullable List<Long> tails(
            PartitionBlocks<T> block,
            Function<T, LedgerRow.@Nullable Tail> tailOf,
            ToLongFunction<LedgerRow.Tail> figure) {
        List<Long> figures = new ArrayList<>();
        for (T line : block.lines()) {
            LedgerRow.Tail tail = tailOf.apply(line);
            if (tail == null) {
                return null;
            }
            figures.add(figure.applyAsLong(tail));
        }
        return figures;
    }

    private List<Object> moved(List<LedgerRow.Moved> moved) {
        return PartitionBlocks.of(
                        moved,
                        LedgerRow.Moved::split,
                        line -> List.of(line.from().isPresent(), line.tail() != null))
                .stream()
                .map(block -> struct(
                        read,
                        block.first(),
                        block.lines().get(0).from().isPresent()
                                ? numbers(block, line -> line.from().getAsLong())
                                : null,
                        numbers(block, LedgerRow.Moved::read),
                        numbers(block, LedgerRow.Moved::skipped),
                        tails(block, LedgerRow.Moved::tail, LedgerRow.Tail::behind),
                        tails(block, LedgerRow.Moved::tail, LedgerRow.Tail::term)))
                .toList();
    }

    private List<Object> outcomes(List<OutcomeCount> counts) {
        return PartitionBlocks.of(
                        counts, OutcomeCount::split, count -> List.of(count.outcome(), count.table(), count.reason()))
                .stream()
                .map(block -> {
                    OutcomeCount words = block.lines().get(0);
                    return struct(
                            outcomes,
                            block.first(),
                            words.outcome().word(),
                            words.table(),
                            words.reason(),
                            numbers(block, OutcomeCount::records));
                })
                .toList();
    }

    private Object staged(StagedFiles files) {
        return staged.struct(new @Nullable Object[] {
            files.table().full(),
            files.incarnation(),
            ByteBuffer.wrap(files.pointer()),
            files.files(),
            files.records(),
            files.bytes()
        });
    }

    private static <T> List<Long> numbers(PartitionBlocks<T> block, ToLongFunction<T> number) {
        return block.lines().stream().map(number::applyAsLong).toList();
    }

    private static Object struct(StructFactory.Maker maker, Split first, @Nullable Object... rest) {
        @Nullable Object[] values = new @Nullable Object[4 + rest.length];
        values[0] = first.source();
        values[1] = first.stream();
        values[2] = first.incarnation();
        values[3] = first.partition();
        System.arraycopy(rest, 0, values, 4, rest.length);
        return maker.struct(values);
    }

    /** The file, once it is closed. */
    DataFile file() {
        return file.toDataFile();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

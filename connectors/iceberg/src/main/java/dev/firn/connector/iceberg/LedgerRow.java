package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger.
 *
 * @param positions where each split goes on that was ever read
 */
record LedgerRow(Epoch epoch, long settledThrough, Map<Split, Long> positions, Instant writtenAt) {

    LedgerRow {
        positions = Map.copyOf(positions);
    }

    static LedgerRow read(Record row) {
        Epoch epoch = new Epoch(
                number(row, "epoch"),
                number(row, "run"),
                text(row, "plan_hash"),
                number(row, "checkpoint"),
                each(row, "progress", LedgerRow::progress),
                each(row, "outcomes", LedgerRow::outcome),
                staged(row));
        Map<Split, Long> positions = new TreeMap<>();
        each(row, "positions", position -> positions.put(split(position), number(position, "position")));
        Instant writtenAt = ((OffsetDateTime) value(row, "written_at")).toInstant();
        return new LedgerRow(epoch, number(row, "settled_through"), positions, writtenAt);
    }

    /** What a row's epoch has staged for one table; no other part of the row is kept. */
    static StagedEpoch staged(Record row, TableName table) {
        return new StagedEpoch(
                number(row, "run"),
                number(row, "epoch"),
                ((List<?>) value(row, "staged"))
                        .stream()
                                .map(line -> (Record) line)
                                .filter(line -> text(line, "table_name").equals(table.full()))
                                .map(LedgerRow::stagedFiles)
                                .toList());
    }

    /** As the table takes it. */
    Record write(OwnTable table, RowFactory rows) {
        StructFactory.Maker position = rows.maker(LedgerTable.POSITION);
        StructFactory.Maker progress = rows.maker(LedgerTable.PROGRESS);
        StructFactory.Maker outcome = rows.maker(LedgerTable.OUTCOME);
        StructFactory.Maker staged = rows.maker(LedgerTable.STAGED);
        return table.row(
                epoch.number(),
                epoch.run(),
                epoch.planHash(),
                epoch.checkpoint(),
                writtenAt.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                settledThrough,
                new TreeMap<>(positions)
                        .entrySet().stream()
                                .map(entry -> struct(position, entry.getKey(), entry.getValue()))
                                .toList(),
                epoch.progress().stream()
                        .map(line -> struct(progress, line.split(), line.from(), line.to(), line.read()))
                        .toList(),
                epoch.outcomes().stream()
                        .map(line -> struct(
                                outcome,
                                line.split(),
                                line.outcome().word(),
                                line.table(),
                                line.reason(),
                                line.records()))
                        .toList(),
                epoch.staged().stream()
                        .map(files -> staged.struct(new @Nullable Object[] {
                            files.table().full(),
                            files.incarnation(),
                            ByteBuffer.wrap(files.pointer()),
                            files.files(),
                            files.records(),
                            files.bytes()
                        }))
                        .toList());
    }

    private static Object struct(StructFactory.Maker maker, Split split, Object... rest) {
        @Nullable Object[] values = new @Nullable Object[4 + rest.length];
        values[0] = split.source();
        values[1] = split.stream();
        values[2] = split.partition();
        values[3] = split.incarnation();
        System.arraycopy(rest, 0, values, 4, rest.length);
        return maker.struct(values);
    }

    private static SplitProgress progress(Record line) {
        return new SplitProgress(
                split(line), number(line, "from_position"), number(line, "to_position"), number(line, "read"));
    }

    private static OutcomeCount outcome(Record line) {
        Outcome outcome =
                Outcome.valueOf(text(line, "outcome").toUpperCase(Locale.ROOT).replace('-', '_'));
        return new OutcomeCount(
                split(line), outcome, text(line, "table_name"), text(line, "reason"), number(line, "records"));
    }

    static List<StagedFiles> staged(Record row) {
        return each(row, "staged", LedgerRow::stagedFiles);
    }

    private static StagedFiles stagedFiles(Record line) {
        ByteBuffer pointer = ((ByteBuffer) value(line, "pointer")).duplicate();
        byte[] bytes = new byte[pointer.remaining()];
        pointer.get(bytes);
        return new StagedFiles(
                new TableName(text(line, "table_name")),
                text(line, "incarnation"),
                bytes,
                (Integer) value(line, "files"),
                number(line, "records"),
                number(line, "bytes"));
    }

    private static Split split(Record line) {
        return new Split(
                text(line, "source"),
                text(line, "stream"),
                (Integer) value(line, "partition"),
                text(line, "incarnation"));
    }

    private static <T> List<T> each(Record row, String column, Function<Record, T> read) {
        return ((List<?>) value(row, column))
                .stream().map(line -> read.apply((Record) line)).toList();
    }

    static long number(Record row, String column) {
        return (Long) value(row, column);
    }

    private static String text(Record row, String column) {
        return value(row, column).toString();
    }

    private static Object value(Record row, String column) {
        return Objects.requireNonNull(row.getField(column), column);
    }
}

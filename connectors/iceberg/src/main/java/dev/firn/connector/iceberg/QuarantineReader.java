package dev.firn.connector.iceberg;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.PayloadKey;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.sink.QuarantineSelection.Positions;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline's rows of the quarantine table, and holds them against what was put back. */
final class QuarantineReader {

    private static final Set<String> PAYLOAD = Set.of("key", "value", "headers");
    private static final long MICROS_PER_MILLI = 1_000;

    private final LakeTables tables;
    private final LakeNames names;

    QuarantineReader(LakeTables tables, LakeNames names) {
        this.tables = tables;
        this.names = names;
    }

    /** Stops early when {@code row} answers false; reads nothing where there is no quarantine yet. */
    void read(QuarantineSelection selection, Predicate<QuarantinedRow> row) {
        Optional<Table> quarantine = tables.find(names.quarantine());
        if (quarantine.isEmpty()) {
            return;
        }
        boolean hasRules = quarantine.get().schema().findField(QuarantineTable.RULE) != null;
        if (!hasRules && !selection.rules().isEmpty()) {
            throw new OutsideException(
                    "table `" + names.quarantine() + "` is from before there were rules and has no column" + " `"
                            + QuarantineTable.RULE + "`: add it as a string, or ask by code");
        }
        List<String> columns = columns(names.quarantine(), quarantine.get());
        if (selection.payload() != Payload.READ) {
            columns.removeAll(PAYLOAD);
        }
        // Before the quarantine: what is put back meanwhile is there, and told as if it were not yet.
        ReplayedRows replayed = replayed(selection.positions());
        try (CloseableIterable<Record> records = IcebergGenerics.read(quarantine.get())
                .where(filter(selection))
                .select(columns)
                .build()) {
            for (Record record : records) {
                if (!row.test(row(record, selection.payload(), replayed))) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ReplayedRows replayed() {
        return replayed(Optional.empty());
    }

    private ReplayedRows replayed(Optional<Positions> positions) {
        Expression filter = positions
                .map(QuarantineReader::between)
                .map(some -> Expressions.and(ofThePipeline(), some))
                .orElseGet(this::ofThePipeline);
        return tables.find(names.replayed())
                .map(table -> ReplayedRows.in(table, filter))
                .orElseGet(ReplayedRows::new);
    }

    private static Expression between(Positions some) {
        return Expressions.and(
                Expressions.greaterThanOrEqual("position", some.first()),
                Expressions.lessThanOrEqual("position", some.last()));
    }

    /** The columns of ours that the table has. */
    static List<String> columns(TableName name, Table quarantine) {
        TableSchema there = IcebergTypes.columns(name.full(), quarantine.schema());
        List<String> columns = new ArrayList<>();
        for (Column column : QuarantineTable.COLUMNS.columns()) {
            if (there.columns().contains(column)) {
                columns.add(column.name());
            } else if (QuarantineTable.LATER.contains(column.name())) {
                OwnTable.requireNoOther(name, column, there);
            } else {
                throw new OutsideException("table `" + name + "` lacks the column `" + column.name() + " "
                        + column.type() + "` that Firn reads there");
            }
        }
        return columns;
    }

    /** A row that is on its way to the table, so that it can't have been put back. */
    static QuarantineTopic.Entry entry(Record row) {
        return new QuarantineTopic.Entry(
                row(row, Payload.READ, new ReplayedRows()),
                id(row.getField("key_schema_id")),
                id(row.getField("value_schema_id")));
    }

    private static OptionalInt id(@Nullable Object schemaId) {
        return schemaId == null ? OptionalInt.empty() : OptionalInt.of((Integer) schemaId);
    }

    /** Its own, and what was refused again when it was put back. */
    private Expression ofThePipeline() {
        return Expressions.in(
                QuarantineTable.PIPELINE, names.author(), names.replay().pipeline());
    }

    private Expression filter(QuarantineSelection selection) {
        Expression filter = ofThePipeline();
        filter = and(filter, QuarantineTable.CODE, selection.codes());
        filter = and(filter, QuarantineTable.RULE, selection.rules());
        filter = and(filter, QuarantineTable.TABLE_NAME, selection.tables());
        filter = and(filter, QuarantineTable.STREAM, selection.streams());
        if (selection.positions().isPresent()) {
            filter = Expressions.and(filter, between(selection.positions().get()));
        }
        if (selection.since().isPresent()) {
            long since = micros(selection.since().get());
            filter = Expressions.and(filter, Expressions.greaterThanOrEqual(QuarantineTable.AT, since));
        }
        return filter;
    }

    private static Expression and(Expression filter, String column, Set<String> oneOf) {
        return oneOf.isEmpty() ? filter : Expressions.and(filter, Expressions.in(column, oneOf));
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    private static QuarantinedRow row(Record row, Payload payload, ReplayedRows replayed) {
        QuarantineKey key = QuarantineKey.of(row);
        long position = (Long) row.getField("position");
        RawRecord record = payload == Payload.READ
                ? new RawRecord(
                        key.split(),
                        position,
                        timestamp(row),
                        bytes(row.getField("key")),
                        bytes(row.getField("value")),
                        headers(row))
                : new RawRecord(key.split(), position, timestamp(row), null, null, List.of());
        return new QuarantinedRow(
                instant(row.getField(QuarantineTable.AT)),
                key.pipeline(),
                key.run(),
                record,
                Optional.ofNullable(key.table()),
                (String) row.getField(QuarantineTable.CODE),
                Optional.ofNullable((String) row.getField(QuarantineTable.RULE)),
                (String) row.getField("message"),
                replayed.at(key, position),
                Optional.ofNullable((String) row.getField(PayloadKey.COLUMN)));
    }

    private static Instant instant(Object time) {
        return ((OffsetDateTime) time).toInstant();
    }

    private static long timestamp(Record row) {
        Object time = row.getField("record_timestamp");
        return time == null ? RawRecord.NO_TIMESTAMP : Math.floorDiv(micros(instant(time)), MICROS_PER_MILLI);
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static List<Header> headers(Record row) {
        List<Header> headers = new ArrayList<>();
        for (Object header : (List<?>) row.getField("headers")) {
            Record struct = (Record) header;
            headers.add(new Header((String) struct.getField("key"), bytes(struct.getField("value"))));
        }
        return headers;
    }
}

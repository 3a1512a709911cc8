package dev.firn.connector.iceberg;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.PayloadKey;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.WriterSettings;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** The table of records that could not be delivered: why, where they came from, and their bytes as they were. */
final class QuarantineTable {

    private static final ColumnType.Struct HEADER = new ColumnType.Struct(
            List.of(Column.required("key", Primitive.STRING), Column.optional("value", Primitive.BINARY)));

    /**
     * {@code quarantined_at} when; {@code pipeline} and {@code run} by whom; {@code source}, {@code stream},
     * {@code partition}, {@code position}, {@code incarnation} where the record stands; {@code record_timestamp} its own
     * time, as far as a table can keep it; {@code table_name} where it should have gone; {@code code} and {@code message} why it did not,
     * {@code rule} by which rule of the file, if it was one;
     * {@code key_schema_id} and {@code value_schema_id} the registry's ids in front of key and value; {@code key},
     * {@code value}, {@code headers} the record; {@code encrypted_with} the fingerprint of the key that these three are
     * encrypted with, if they are.
     */
    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("quarantined_at", Primitive.TIMESTAMPTZ),
            Column.required("pipeline", Primitive.STRING),
            Column.required("run", Primitive.LONG),
            Column.required("source", Primitive.STRING),
            Column.required("stream", Primitive.STRING),
            Column.required("partition", Primitive.INT),
            Column.required("position", Primitive.LONG),
            Column.required("incarnation", Primitive.STRING),
            Column.optional("record_timestamp", Primitive.TIMESTAMPTZ),
            Column.optional("table_name", Primitive.STRING),
            Column.required("code", Primitive.STRING),
            Column.required("message", Primitive.STRING),
            Column.optional("rule", Primitive.STRING),
            Column.optional("key_schema_id", Primitive.INT),
            Column.optional("value_schema_id", Primitive.INT),
            Column.optional("key", Primitive.BINARY),
            Column.optional("value", Primitive.BINARY),
            Column.required("headers", new ColumnType.ListOf(HEADER, Nullability.REQUIRED)),
            PayloadKey.ENCRYPTED_WITH));

    static final String AT = "quarantined_at";
    static final String PIPELINE = "pipeline";
    static final String STREAM = "stream";
    static final String TABLE_NAME = "table_name";
    static final String CODE = "code";
    static final String RULE = "rule";

    /** What tables of before do not have. */
    static final Set<String> LATER = Set.of(RULE, PayloadKey.COLUMN);

    private QuarantineTable() {}

    static TableSpec spec(TableName name) {
        PartitionTransform byDay = new PartitionTransform(PartitionTransform.Kind.DAY, "quarantined_at", 0);
        return new TableSpec(name, COLUMNS, List.of(byDay), new TreeMap<>());
    }

    /** Makes rows for the table as it is now. */
    static final class Rows {

        private final OwnTable table;
        private final StructFactory.Maker headers;
        private final String pipeline;
        private final long run;
        private final KeptBytes kept;

        Rows(TargetTable target, String pipeline, WriterSettings settings) {
            this.table =
                    new OwnTable(target.name(), new OwnTable.Ours(COLUMNS, LATER), target.columns(), target.rows());
            this.headers = target.rows().maker(HEADER);
            this.pipeline = pipeline;
            this.run = settings.run();
            this.kept = settings.kept();
            if (kept.encryptedWith().isPresent()) {
                PayloadKey.requireColumn(target.name(), target.columns());
            }
        }

        Record row(QuarantinedRecord quarantined, Instant now) {
            RawRecord record = quarantined.record();
            RawRecord bytes = kept.of(record);
            return table.row(
                    time(now),
                    pipeline,
                    run,
                    record.split().source(),
                    record.split().stream(),
                    record.split().partition(),
                    record.position(),
                    record.split().incarnation(),
                    timestamp(record),
                    quarantined.table().orElse(null),
                    quarantined.code().word(),
                    quarantined.message(),
                    quarantined.rule().orElse(null),
                    id(record.keySchemaId()),
                    id(record.valueSchemaId()),
                    bytes(bytes.key()),
                    bytes(bytes.value()),
                    bytes.headers().stream().map(this::header).toList(),
                    kept.encryptedWith().orElse(null));
        }

        /** Null too where a producer wrote a number that no table can keep: the record must find its place here. */
        private static @Nullable OffsetDateTime timestamp(RawRecord record) {
            return record.timestamp() == RawRecord.NO_TIMESTAMP || !RawRecord.isTimestampOfATable(record.timestamp())
                    ? null
                    : time(Instant.ofEpochMilli(record.timestamp()));
        }

        private Object header(Header header) {
            return headers.struct(new @Nullable Object[] {header.key(), bytes(header.value())});
        }

        private static OffsetDateTime time(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        }

        private static @Nullable Integer id(int schemaId) {
            return schemaId == RawRecord.NO_SCHEMA_ID ? null : schemaId;
        }

        private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
            return bytes == null ? null : ByteBuffer.wrap(bytes);
        }
    }
}

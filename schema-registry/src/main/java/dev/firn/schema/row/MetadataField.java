package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a record has besides its value. */
public enum MetadataField {
    /** The stream that it was read from. */
    STREAM,
    PARTITION,
    /** Its place in the partition. */
    OFFSET,
    /** As the source has it, in milliseconds; null where it has none. */
    TIMESTAMP,
    /** The bytes of its key. */
    KEY,
    /** All of them in their order, for names may repeat. */
    HEADERS,
    /** The id of the schema that its value was written with; null where the value carries none. */
    SCHEMA_ID;

    /** The column that a table made of it has. */
    public Column column(String name) {
        return switch (this) {
            case STREAM, PARTITION, OFFSET, HEADERS -> Column.required(name, type());
            case TIMESTAMP, KEY, SCHEMA_ID -> Column.optional(name, type());
        };
    }

    ColumnType type() {
        return switch (this) {
            case STREAM -> Primitive.STRING;
            case PARTITION, SCHEMA_ID -> Primitive.INT;
            case OFFSET -> Primitive.LONG;
            case TIMESTAMP -> Primitive.TIMESTAMPTZ;
            case KEY -> Primitive.BINARY;
            case HEADERS -> new ColumnType.ListOf(HeaderStruct.TYPE, Nullability.REQUIRED);
        };
    }

    ColumnReader reader(StructFactory structs) {
        return switch (this) {
            case STREAM -> record -> record.split().stream();
            case PARTITION -> record -> record.split().partition();
            case OFFSET -> RawRecord::position;
            case TIMESTAMP -> MetadataField::timestamp;
            case KEY -> record -> buffer(record.key());
            case HEADERS -> headers(structs.maker(HeaderStruct.TYPE));
            case SCHEMA_ID -> record ->
                    record.valueSchemaId() == RawRecord.NO_SCHEMA_ID ? null : (Object) record.valueSchemaId();
        };
    }

    /** A producer may write any number, and a table keeps microseconds in 64 bits. */
    private static @Nullable Object timestamp(RawRecord record) throws Rejected {
        long millis = record.timestamp();
        if (millis == RawRecord.NO_TIMESTAMP) {
            return null;
        }
        if (!RawRecord.isTimestampOfATable(millis)) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "the record's timestamp is `" + millis + "` ms, which is no timestamp in 64 bits of microseconds");
        }
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Object buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static ColumnReader headers(StructFactory.Maker maker) {
        return record ->
                record.headers().stream().map(header -> header(maker, header)).toList();
    }

    private static Object header(StructFactory.Maker maker, Header header) {
        return maker.struct(new @Nullable Object[] {header.key(), buffer(header.value())});
    }
}

package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The column of a key that one of Kafka's own serializers has written; null where a record has no key. */
record SingleKey(KeyType type, String column) implements SideColumns {

    static ColumnType typeOf(KeyType type) {
        return switch (type) {
            case STRING -> Primitive.STRING;
            case INT -> Primitive.INT;
            case LONG -> Primitive.LONG;
            case AVRO -> throw new IllegalStateException("our bug: an Avro key is read by its schema");
        };
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.optional(column, typeOf(type)));
    }

    @Override
    public boolean has(String name) {
        return name.equals(column);
    }

    @Override
    public Filler filler(List<Place> places, Wanted wanted, StructFactory structs) throws Rejected {
        if (places.isEmpty()) {
            if (wanted.requires(column)) {
                throw Missing.columns(List.of("`" + column + "` (" + typeOf(type) + ")"));
            }
            return (record, row) -> {};
        }
        Place place = places.get(0);
        boolean widened = type == KeyType.INT && place.column().type() == Primitive.LONG;
        if (!widened && !place.column().type().equals(typeOf(type))) {
            throw new Rejected(
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "`" + column + "` is " + typeOf(type) + ", and the table's column is "
                            + place.column().type());
        }
        ColumnReader reader = reader();
        return (record, row) -> {
            Object value = reader.read(record);
            if (value == null && !place.column().isOptional()) {
                throw Missing.value(place.column());
            }
            row[place.position()] = widened && value instanceof Integer whole ? (Object) whole.longValue() : value;
        };
    }

    @Override
    public Optional<ColumnReader> column(String name) {
        return has(name) ? Optional.of(reader()) : Optional.empty();
    }

    private ColumnReader reader() {
        return record -> {
            byte[] key = record.key();
            return key == null ? null : value(key);
        };
    }

    private Object value(byte[] key) throws Rejected {
        return switch (type) {
            case STRING -> text(key);
            case INT -> sized(key, Integer.BYTES).getInt();
            case LONG -> sized(key, Long.BYTES).getLong();
            case AVRO -> throw new IllegalStateException("our bug: an Avro key is read by its schema");
        };
    }

    private static String text(byte[] key) throws Rejected {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Rejected(RejectCode.BAD_UTF8, "the key is no UTF-8");
        }
    }

    private ByteBuffer sized(byte[] key, int bytes) throws Rejected {
        if (key.length != bytes) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "the key has " + key.length + " bytes, and " + typeOf(type) + " takes " + bytes);
        }
        return ByteBuffer.wrap(key);
    }
}

package dev.firn.it.testing.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.it.testing.Canonical;
import dev.firn.it.testing.WrittenTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** Records that are made of their numbers, and rows as text, in which a field that is null is left out. */
final class Rows {

    private Rows() {}

    /** The record of a number: every field's value tells the field and the record. */
    static GenericRecord filled(Schema schema, long id) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), field.name(), id)));
        if (schema.getField("id") != null) {
            record.put("id", id);
        }
        return record;
    }

    private static @Nullable Object value(Schema schema, String name, long id) {
        return switch (schema.getType()) {
            case UNION -> id % 3 == 0 ? null : value(schema.getTypes().get(1), name, id);
            case RECORD -> filled(schema, id);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (long item = 0; item < id % 3; item++) {
                    items.add(value(schema.getElementType(), name, id + item));
                }
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new HashMap<>();
                for (long entry = 0; entry < id % 3; entry++) {
                    entries.put("k" + entry, value(schema.getValueType(), name, id + entry));
                }
                yield entries;
            }
            case ENUM -> new GenericData.EnumSymbol(
                    schema, schema.getEnumSymbols().get((int)
                            (id % schema.getEnumSymbols().size())));
            case STRING -> name + "-" + id;
            case INT -> (int) id - 1_000;
            case LONG -> id + (1L << 40);
            case FLOAT -> id / 4f;
            case DOUBLE -> id / 8d;
            case BOOLEAN -> id % 2 == 0;
            default -> throw new IllegalArgumentException("no value of " + schema);
        };
    }

    /** In the frame of a registry's id. */
    static byte[] framed(int schemaId, GenericRecord record) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param moves the column's name by the field's path, empty where it has none; all others keep theirs */
    static String expected(GenericRecord record, Map<String, String> moves) {
        return String.valueOf(column(record, "", moves));
    }

    /** A row of values as an Avro library has them. */
    static String canonical(Map<String, Object> row) {
        return String.valueOf(Canonical.value(row));
    }

    /** A row as a reader in another language spells it. */
    static String canonical(JsonNode row) {
        return String.valueOf(withoutNulls(Canonical.value(row)));
    }

    private static @Nullable Object withoutNulls(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Rows::withoutNulls).toList();
        }
        if (value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> there = new TreeMap<>();
            fields.forEach((name, field) -> {
                if (field != null) {
                    there.put(String.valueOf(name), withoutNulls(field));
                }
            });
            return there;
        }
        return value;
    }

    /** All rows of a table. */
    static List<String> of(WrittenTable table) {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table.table()).build()) {
            records.forEach(row -> rows.add(String.valueOf(seen(row))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static @Nullable Object column(@Nullable Object value, String path, Map<String, String> moves) {
        if (value instanceof GenericRecord record) {
            Map<String, @Nullable Object> columns = new TreeMap<>();
            for (Schema.Field field : record.getSchema().getFields()) {
                String at = path.isEmpty() ? field.name() : path + "." + field.name();
                String name = moves.getOrDefault(at, field.name());
                Object inside = column(record.get(field.pos()), at, moves);
                if (!name.isEmpty() && inside != null) {
                    columns.put(name, inside);
                }
            }
            return columns;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> column(item, path + "[]", moves)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), column(entry, path + "{}", moves)));
            return entries;
        }
        return Canonical.value(value);
    }

    private static @Nullable Object seen(@Nullable Object value) {
        if (value instanceof Record record) {
            Map<String, @Nullable Object> columns = new TreeMap<>();
            record.struct().fields().forEach(field -> {
                Object inside = seen(record.getField(field.name()));
                if (inside != null) {
                    columns.put(field.name(), inside);
                }
            });
            return columns;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Rows::seen).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new TreeMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), seen(entry)));
            return entries;
        }
        return Canonical.value(value);
    }
}

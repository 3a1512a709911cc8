package dev.firn.schema.avro;

import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.format.Rejected;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers that go past a value and make nothing of it. They look at its length only, not at what it says. */
final class SkippingReaders {

    private static final int DURATION_BYTES = 12;

    /** Records that are being made or are made; one that contains itself finds itself here. */
    private final IdentityHashMap<Schema, RecordSkipper> records = new IdentityHashMap<>();

    private SkippingReaders() {}

    static ValueReader of(String path, Schema writer) {
        return new SkippingReaders().skipping(path, writer);
    }

    private ValueReader skipping(String path, Schema writer) {
        return switch (AvroKind.of(writer)) {
            case NULL -> payload -> null;
            case BOOLEAN -> skipping(1, path);
            case INT, ENUM, DATE, TIME_MILLIS -> skippingInt(path);
            case LONG,
                    TIME_MICROS,
                    TIMESTAMP_MILLIS,
                    TIMESTAMP_MICROS,
                    LOCAL_TIMESTAMP_MILLIS,
                    LOCAL_TIMESTAMP_MICROS,
                    TIMESTAMP_NANOS,
                    LOCAL_TIMESTAMP_NANOS -> skippingLong(path);
            case FLOAT -> skipping(Float.BYTES, path);
            case DOUBLE -> skipping(Double.BYTES, path);
            case STRING, BYTES, UUID_TEXT, ZONED_TEXT -> payload -> skip(payload, payload.readLength(path), path);
            case DECIMAL -> writer.getType() == Schema.Type.FIXED
                    ? skipping(writer.getFixedSize(), path)
                    : payload -> skip(payload, payload.readLength(path), path);
            case FIXED, UUID_BYTES -> skipping(writer.getFixedSize(), path);
            case DURATION -> skipping(DURATION_BYTES, path);
            case RECORD, VARIABLE_DECIMAL -> record(path, writer);
            case UNION -> union(path, writer);
            case ARRAY -> blocks(path, items(skipping(path + "[]", writer.getElementType())));
            case MAP -> blocks(path, entries(path, skipping(path + "{}", writer.getValueType())));
        };
    }

    private ValueReader record(String path, Schema writer) {
        RecordSkipper known = records.get(writer);
        if (known != null) {
            return known;
        }
        RecordSkipper record = new RecordSkipper(path);
        records.put(writer, record);
        writer.getFields()
                .forEach(field -> record.fields.add(skipping(FieldPath.child(path, field.name()), field.schema())));
        return record;
    }

    /** Goes no deeper than the values that are read. */
    private static final class RecordSkipper implements ValueReader {

        private final String path;
        private final List<ValueReader> fields = new ArrayList<>();

        private RecordSkipper(String path) {
            this.path = path;
        }

        @Override
        public @Nullable Object read(Payload payload) throws Rejected {
            payload.descend(path);
            for (ValueReader field : fields) {
                field.read(payload);
            }
            payload.ascend();
            return null;
        }
    }

    private ValueReader union(String path, Schema writer) {
        ValueReader[] branches =
                writer.getTypes().stream().map(branch -> skipping(path, branch)).toArray(ValueReader[]::new);
        return payload -> branches[UnionReader.readIndex(payload, branches.length, path)].read(payload);
    }

    private static Blocks.Item<String> items(ValueReader item) {
        return (payload, nothing) -> item.read(payload);
    }

    private static Blocks.Item<String> entries(String path, ValueReader value) {
        return (payload, nothing) -> {
            skip(payload, payload.readLength(path), path);
            value.read(payload);
        };
    }

    private static ValueReader blocks(String path, Blocks.Item<String> item) {
        return payload -> {
            payload.descend(path);
            Blocks.read(payload, path, expected -> "nothing", item);
            payload.ascend();
            return null;
        };
    }

    private static ValueReader skippingInt(String path) {
        return payload -> {
            payload.readInt(path);
            return null;
        };
    }

    private static ValueReader skippingLong(String path) {
        return payload -> {
            payload.readLong(path);
            return null;
        };
    }

    private static ValueReader skipping(int bytes, String path) {
        return payload -> skip(payload, bytes, path);
    }

    private static @Nullable Object skip(Payload payload, int bytes, String path) throws Rejected {
        payload.skip(bytes, path);
        return null;
    }
}

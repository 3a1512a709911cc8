package dev.firn.schema.avro;

import dev.firn.spi.format.Rejected;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers that go past a value and make nothing of it. They look at its length only, not at what it says. */
final class SkippingReaders {

    private static final int DURATION_BYTES = 12;

    private SkippingReaders() {}

    /** @param writer a schema that {@link AvroColumns} maps, so it does not contain itself */
    static ValueReader of(String path, Schema writer) {
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
                    TIMESTAMP_NANOS -> skippingLong(path);
            case FLOAT -> skipping(Float.BYTES, path);
            case DOUBLE -> skipping(Double.BYTES, path);
            case STRING, BYTES, UUID_TEXT -> payload -> skip(payload, payload.readLength(path), path);
            case DECIMAL -> writer.getType() == Schema.Type.FIXED
                    ? skipping(writer.getFixedSize(), path)
                    : payload -> skip(payload, payload.readLength(path), path);
            case FIXED, UUID_BYTES -> skipping(writer.getFixedSize(), path);
            case DURATION -> skipping(DURATION_BYTES, path);
            case RECORD -> record(path, writer);
            case UNION -> union(path, writer);
            case ARRAY -> items(path, of(path + "[]", writer.getElementType()));
            case MAP -> entries(path, of(path + "{}", writer.getValueType()));
        };
    }

    private static ValueReader record(String path, Schema writer) {
        ValueReader[] fields = writer.getFields().stream()
                .map(field -> of(ColumnMapping.child(path, field.name()), field.schema()))
                .toArray(ValueReader[]::new);
        return payload -> {
            for (ValueReader field : fields) {
                field.read(payload);
            }
            return null;
        };
    }

    private static ValueReader union(String path, Schema writer) {
        ValueReader[] branches =
                writer.getTypes().stream().map(branch -> of(path, branch)).toArray(ValueReader[]::new);
        return payload -> branches[UnionReader.readIndex(payload, branches.length, path)].read(payload);
    }

    private static ValueReader items(String path, ValueReader item) {
        return payload -> {
            Blocks.each(payload, path, in -> item.read(in));
            return null;
        };
    }

    private static ValueReader entries(String path, ValueReader value) {
        return payload -> {
            Blocks.each(payload, path, in -> {
                skip(in, in.readLength(path), path);
                value.read(in);
            });
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

package dev.firn.schema.avro;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/** Readers of the values that have no parts. */
final class ScalarReaders {

    private ScalarReaders() {}

    static ValueReader of(AvroKind kind, Schema schema, String path) {
        return switch (kind) {
            case BOOLEAN -> payload -> readBoolean(payload, path);
            case INT -> payload -> payload.readInt(path);
            case LONG -> payload -> payload.readLong(path);
            case FLOAT -> payload -> Float.intBitsToFloat(payload.readLittleEndianInt(path));
            case DOUBLE -> payload -> Double.longBitsToDouble(payload.readLittleEndianLong(path));
                // As text it is as it came.
            case STRING, ZONED_TEXT -> payload -> payload.readString(path);
            case BYTES -> payload -> ByteBuffer.wrap(payload.readBytes(payload.readLength(path), path));
            case FIXED -> fixed(schema.getFixedSize(), path);
            case ENUM -> symbols(schema.getEnumSymbols(), path);
            case DECIMAL -> new DecimalReader(schema, path);
            case DATE, TIME_MILLIS, TIME_MICROS -> TemporalReaders.of(kind, path);
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> TemporalReaders.of(kind, path);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_MILLIS -> TemporalReaders.of(kind, path);
            case LOCAL_TIMESTAMP_MICROS, LOCAL_TIMESTAMP_NANOS -> ConnectTypes.isDebeziums(schema)
                    ? TemporalReaders.finite(kind, path)
                    : TemporalReaders.of(kind, path);
            case VARIABLE_DECIMAL -> new VariableDecimalReader(path);
            case UUID_TEXT -> new UuidReader(path);
            case UUID_BYTES -> payload -> {
                payload.need(2 * Long.BYTES, path);
                return new UUID(payload.readBigEndian(Long.BYTES, path), payload.readBigEndian(Long.BYTES, path));
            };
            case NULL, RECORD, ARRAY, MAP, UNION, DURATION -> throw new IllegalStateException(
                    "our bug: " + kind + " at " + path + " is not a scalar");
        };
    }

    private static Object readBoolean(Payload payload, String path) throws Rejected {
        byte value = payload.next(path);
        if (value != 0 && value != 1) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE, "`" + path + "` is a boolean with the value `" + (value & 0xff) + "`");
        }
        return value == 1;
    }

    private static ValueReader fixed(int size, String path) {
        return payload -> payload.readBytes(size, path);
    }

    private static ValueReader symbols(List<String> symbols, String path) {
        String[] byIndex = symbols.toArray(String[]::new);
        return payload -> {
            int index = payload.readInt(path);
            if (index < 0 || index >= byIndex.length) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE,
                        "`" + path + "` names symbol `" + index + "`, and its enum has " + byIndex.length);
            }
            return byIndex[index];
        };
    }
}

package dev.firn.connector.cdc.postgres;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** A record as Avro's own reader finds it, for people. */
record Shown(GenericRecord envelope) {

    static Shown of(TableShape shape, Change change) {
        return new Shown(read(shape.valueSchema(), change.value()));
    }

    static String key(TableShape shape, Change change) {
        GenericRecord key = read(shape.keySchema(), Objects.requireNonNull(change.key()));
        return key.getSchema().getFields().stream()
                .map(field -> show(field.schema(), key.get(field.pos())))
                .toList()
                .toString();
    }

    /** The whole payload, with nothing left behind it. */
    private static GenericRecord read(FramedSchema framed, byte[] bytes) {
        Schema schema = new Schema.Parser().parse(framed.definition());
        if (bytes[0] != 0 || ByteBuffer.wrap(bytes, 1, 4).getInt() != framed.id()) {
            throw new AssertionError("another frame");
        }
        try {
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
            GenericRecord read =
                    new GenericDatumReader<GenericRecord>(schema, schema, new GenericData()).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("bytes are left");
            }
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String op() {
        return envelope.get("op").toString();
    }

    boolean hasRow() {
        return envelope.get("after") != null;
    }

    /** Or {@code quarantine: } and why it is not there. */
    String column(String name) {
        for (Object flaw : (List<?>) envelope.get("flaws")) {
            GenericRecord said = (GenericRecord) flaw;
            if (said.get("column").toString().equals(name)) {
                return "quarantine: " + said.get("reason");
            }
        }
        GenericRecord after = (GenericRecord) envelope.get("after");
        return show(after.getSchema().getField(name).schema(), after.get(name));
    }

    /** As the page has it. */
    static String type(TableShape shape, String column) {
        Schema envelope = new Schema.Parser().parse(shape.valueSchema().definition());
        return type(envelope.getField("after")
                .schema()
                .getTypes()
                .get(1)
                .getField(column)
                .schema());
    }

    private static String type(Schema schema) {
        if (schema.isUnion()) {
            return type(schema.getTypes().get(1));
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
        }
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        return switch (schema.getType()) {
            case ARRAY -> "array<" + type(schema.getElementType()) + ">";
            case MAP -> "map<" + type(schema.getValueType()) + ">";
            default -> schema.getType().getName();
        };
    }

    private static String show(Schema schema, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (schema.isUnion()) {
            return show(schema.getTypes().get(1), value);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> show(schema.getElementType(), item))
                    .toList()
                    .toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> shown = new TreeMap<>();
            map.forEach((key, item) -> shown.put(key.toString(), show(schema.getValueType(), item)));
            return shown.toString();
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
            return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? new BigDecimal(new BigInteger(array), decimal.getScale()).toPlainString()
                    : "0x" + HexFormat.of().formatHex(array);
        }
        if (schema.getLogicalType() != null) {
            return temporal(schema.getLogicalType().getName(), ((Number) value).longValue());
        }
        return value.toString();
    }

    private static String temporal(String name, long value) {
        return switch (name) {
            case "date" -> LocalDate.ofEpochDay(value).toString();
            case "time-micros" -> LocalTime.ofNanoOfDay(value * 1000).toString();
            case "timestamp-micros" -> Instant.EPOCH
                    .plus(value, ChronoUnit.MICROS)
                    .toString();
            case "local-timestamp-micros" -> LocalDateTime.ofInstant(
                            Instant.EPOCH.plus(value, ChronoUnit.MICROS), ZoneOffset.UTC)
                    .toString();
            default -> throw new AssertionError(name);
        };
    }
}

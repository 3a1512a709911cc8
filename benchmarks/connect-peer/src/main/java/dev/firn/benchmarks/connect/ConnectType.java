package dev.firn.benchmarks.connect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A type of Avro as one of Kafka Connect, by the rules of Confluent's converter: a decimal is a {@link BigDecimal}, dates and
 * points in time are {@link java.util.Date}s, records are {@link Struct}s. Confluent's walks the schema for each record; this
 * is made once.
 */
record ConnectType(Schema schema, Values values) {

    /** How a value of Avro's generic reader becomes one of Connect. */
    private interface Values {
        Object of(Schema schema, Object avro);
    }

    private record Present(SchemaBuilder builder, Values values) {}

    private static final String PRECISION = "connect.decimal.precision";
    private static final long DAY = Duration.ofDays(1).toMillis();

    static ConnectType of(org.apache.avro.Schema avro) {
        Present present = present(avro.isUnion() ? withoutNull(avro) : avro);
        SchemaBuilder builder = avro.isUnion() ? present.builder.optional() : present.builder;
        return new ConnectType(builder.build(), present.values);
    }

    @Nullable
    Object convert(@Nullable Object avro) {
        return avro == null ? null : values.of(schema, avro);
    }

    private static org.apache.avro.Schema withoutNull(org.apache.avro.Schema union) {
        List<org.apache.avro.Schema> others = union.getTypes().stream()
                .filter(branch -> branch.getType() != org.apache.avro.Schema.Type.NULL)
                .toList();
        if (others.size() != 1 || union.getTypes().size() != 2) {
            throw new IllegalArgumentException("a union of other than null and one type: " + union);
        }
        return others.get(0);
    }

    private static Present present(org.apache.avro.Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> struct(avro);
            case ARRAY -> array(of(avro.getElementType()));
            case MAP -> map(of(avro.getValueType()));
            case STRING -> new Present(SchemaBuilder.string(), (schema, text) -> text.toString());
            case BYTES -> avro.getLogicalType() instanceof LogicalTypes.Decimal decimal
                    ? decimal(decimal)
                    : same(SchemaBuilder.bytes());
            case INT -> avro.getLogicalType() instanceof LogicalTypes.Date
                    ? new Present(Date.builder(), (schema, days) -> date((Integer) days * DAY))
                    : same(SchemaBuilder.int32());
            case LONG -> avro.getLogicalType() instanceof LogicalTypes.TimestampMillis
                    ? new Present(Timestamp.builder(), (schema, millis) -> date((Long) millis))
                    : same(SchemaBuilder.int64());
            case BOOLEAN -> same(SchemaBuilder.bool());
            case FLOAT -> same(SchemaBuilder.float32());
            case DOUBLE -> same(SchemaBuilder.float64());
            case UNION, NULL, ENUM, FIXED -> throw new IllegalArgumentException("no type of Connect for " + avro);
        };
    }

    private static Present same(SchemaBuilder builder) {
        return new Present(builder, (schema, value) -> value);
    }

    @SuppressWarnings("JavaUtilDate") // it is what Connect's dates and points in time are
    private static java.util.Date date(long millis) {
        return new java.util.Date(millis);
    }

    private static Present decimal(LogicalTypes.Decimal decimal) {
        int scale = decimal.getScale();
        return new Present(
                Decimal.builder(scale).parameter(PRECISION, Integer.toString(decimal.getPrecision())),
                (schema, unscaled) -> new BigDecimal(new BigInteger(bytes((ByteBuffer) unscaled)), scale));
    }

    private static Present struct(org.apache.avro.Schema avro) {
        List<ConnectType> types =
                avro.getFields().stream().map(field -> of(field.schema())).toList();
        SchemaBuilder builder = SchemaBuilder.struct().name(avro.getFullName());
        avro.getFields().forEach(field -> builder.field(field.name(), types.get(field.pos()).schema));
        return new Present(builder, (schema, value) -> {
            IndexedRecord record = (IndexedRecord) value;
            Struct struct = new Struct(schema);
            for (Field field : schema.fields()) {
                struct.put(field, types.get(field.index()).convert(record.get(field.index())));
            }
            return struct;
        });
    }

    private static Present array(ConnectType element) {
        return new Present(SchemaBuilder.array(element.schema), (schema, value) -> {
            List<?> list = (List<?>) value;
            List<@Nullable Object> converted = new ArrayList<>(list.size());
            list.forEach(item -> converted.add(element.convert(item)));
            return converted;
        });
    }

    private static Present map(ConnectType content) {
        return new Present(SchemaBuilder.map(Schema.STRING_SCHEMA, content.schema), (schema, value) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            Map<String, @Nullable Object> converted = new HashMap<>(map.size() * 2);
            map.forEach((key, mapped) -> converted.put(key.toString(), content.convert(mapped)));
            return converted;
        });
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}

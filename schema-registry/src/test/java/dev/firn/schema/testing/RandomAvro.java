package dev.firn.schema.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Random schemas that a table can hold, and random values of them; the same seed always makes the same. */
public final class RandomAvro {

    private static final int DEEPEST = 3;

    private static final int NARROWEST = 5;
    private static final int WIDEST = 80;

    private final Random random;
    private int names;

    public RandomAvro(long seed) {
        this.random = new Random(seed);
    }

    public Schema record() {
        return record(0);
    }

    /** With as many fields as real records have; those that may be null have null as their default. */
    public Schema wideRecord() {
        return record(0, NARROWEST + random.nextInt(WIDEST - NARROWEST + 1));
    }

    private Schema record(int depth) {
        return record(depth, 1 + random.nextInt(depth == 0 ? 6 : 3));
    }

    private Schema record(int depth, int width) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Schema place = place(depth + 1);
            Schema.Field field = new Schema.Field("f" + i, place, null, defaultOf(place));
            field.addAlias("was_f" + i);
            fields.add(field);
        }
        return Schema.createRecord(name("R"), null, null, false, fields);
    }

    /** Of most types; null has no place in most, so it is one where it can be. */
    private @Nullable Object defaultOf(Schema place) {
        Schema first = place.isUnion() ? place.getTypes().get(0) : place;
        return switch (first.getType()) {
            case NULL -> JsonProperties.NULL_VALUE;
            case BOOLEAN -> true;
            case INT -> 17;
            case LONG -> 1_234_567L;
            case FLOAT -> 0.5f;
            case DOUBLE -> -2.5;
            case STRING -> first.getLogicalType() == null ? "dflt é" : new UUID(1, 2).toString();
            case BYTES -> new byte[] {7};
            case FIXED -> first.getLogicalType() == null ? bytes(first.getFixedSize()) : null;
            case ENUM -> first.getEnumSymbols().get(0);
            case ARRAY -> List.of();
            case MAP -> Map.of();
            default -> null;
        };
    }

    /** A type, often with a null beside it. */
    private Schema place(int depth) {
        Schema type = type(depth);
        Schema nothing = Schema.create(Schema.Type.NULL);
        return switch (random.nextInt(4)) {
            case 0 -> type.isUnion() ? type : Schema.createUnion(nothing, type);
            case 1 -> type.isUnion() ? type : Schema.createUnion(type, nothing);
            default -> type;
        };
    }

    private Schema type(int depth) {
        int kinds = depth >= DEEPEST ? 19 : 23;
        return switch (random.nextInt(kinds)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3 -> Schema.create(Schema.Type.FLOAT);
            case 4 -> Schema.create(Schema.Type.DOUBLE);
            case 5, 6 -> Schema.create(Schema.Type.STRING);
            case 7 -> Schema.create(Schema.Type.BYTES);
            case 8 -> Schema.createEnum(name("E"), null, null, List.of("A", "B", "C"));
            case 9 -> Schema.createFixed(name("F"), null, null, 1 + random.nextInt(20));
            case 10 -> decimal();
            case 11 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 12 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case 13 -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 14 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 15 -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 16 -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 17 -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 18 -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case 19 -> record(depth);
            case 20 -> Schema.createArray(place(depth + 1));
            case 21 -> Schema.createMap(place(depth + 1));
            default -> choice(depth);
        };
    }

    private Schema decimal() {
        int precision = 1 + random.nextInt(38);
        LogicalTypes.Decimal decimal = LogicalTypes.decimal(precision, random.nextInt(precision + 1));
        return decimal.addToSchema(
                random.nextBoolean()
                        ? Schema.create(Schema.Type.BYTES)
                        : Schema.createFixed(name("N"), null, null, 16 + random.nextInt(4)));
    }

    private Schema choice(int depth) {
        List<Schema> branches = new ArrayList<>(List.of(
                Schema.create(Schema.Type.STRING),
                record(depth + 1),
                Schema.createEnum(name("E"), null, null, List.of("X")),
                Schema.create(Schema.Type.LONG)));
        if (random.nextBoolean()) {
            branches.set(random.nextInt(branches.size()), Schema.create(Schema.Type.NULL));
        }
        return Schema.createUnion(branches);
    }

    private String name(String prefix) {
        return prefix + names++;
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> schema.getLogicalType() instanceof LogicalTypes.TimeMillis
                    ? (Object) random.nextInt(86_400_000)
                    : (Object) anyInt();
            case LONG -> number(schema);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case STRING -> schema.getLogicalType() == null
                    ? text()
                    : new UUID(random.nextLong(), random.nextLong()).toString();
            case BYTES -> ByteBuffer.wrap(
                    schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                            ? digits(decimal.getPrecision()).toByteArray()
                            : bytes(random.nextInt(12)));
            case FIXED -> fixed(schema);
            case ENUM -> new GenericData.EnumSymbol(
                    schema,
                    schema.getEnumSymbols()
                            .get(random.nextInt(schema.getEnumSymbols().size())));
            case RECORD -> recordValue(schema);
            case ARRAY -> list(schema);
            case MAP -> map(schema);
            case UNION -> value(
                    schema.getTypes().get(random.nextInt(schema.getTypes().size())));
        };
    }

    /** A record as Avro's generic writer takes it. */
    public GenericData.Record recordValue(Schema schema) {
        GenericData.Record value = new GenericData.Record(schema);
        schema.getFields().forEach(field -> value.put(field.pos(), value(field.schema())));
        return value;
    }

    private List<@Nullable Object> list(Schema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            values.add(value(schema.getElementType()));
        }
        return values;
    }

    private Map<String, @Nullable Object> map(Schema schema) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            values.put(text() + i, value(schema.getValueType()));
        }
        return values;
    }

    private int anyInt() {
        return random.nextInt() >> random.nextInt(Integer.SIZE);
    }

    private long number(Schema schema) {
        long any = random.nextLong() >> random.nextInt(Long.SIZE);
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return switch (logical) {
            case "time-micros" -> Math.floorMod(any, 86_400_000_000L);
            case "timestamp-millis", "local-timestamp-millis" -> any / 1000;
            default -> any;
        };
    }

    private GenericData.Fixed fixed(Schema schema) {
        byte[] value = bytes(schema.getFixedSize());
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            byte[] number = digits(decimal.getPrecision()).toByteArray();
            java.util.Arrays.fill(value, (byte) (number[0] < 0 ? -1 : 0));
            System.arraycopy(number, 0, value, value.length - number.length, number.length);
        }
        return new GenericData.Fixed(schema, value);
    }

    private BigInteger digits(int precision) {
        BigInteger number = new BigInteger(130, random).mod(BigInteger.TEN.pow(1 + random.nextInt(precision)));
        return random.nextBoolean() ? number : number.negate();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(10);
        int highest = random.nextInt(3) == 0 ? 0x2_0000 : 0x7f;
        for (int i = 0; i < length; i++) {
            int point = random.nextInt(highest);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return text.toString();
    }
}

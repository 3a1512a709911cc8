package dev.firn.it.testing.schemas;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of a schema: one with the lowest value of each type, one with the highest, one with as little in it as the schema
 * allows, and then edges and others at random. The same seed always makes the same.
 */
public final class EdgeValues {

    private enum Share {
        LOWEST,
        HIGHEST,
        EMPTIEST,
        ANY
    }

    /** Below that a record that contains itself comes to its end. */
    private static final int DEEPEST = 9;

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long BEYOND_A_DOUBLE = (1L << 53) + 1;

    /** Combined in three ways, from right to left, with what others take for an end, and around the truncated bounds of a file. */
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "e\u0301\u0327",
            "é",
            "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\uD83C\uDFFD",
            "\u202Eمرحبا\u202C",
            "नमस्ते 雪",
            "\u0000",
            "a\u0000b",
            "\uFEFFbom",
            "\uFFFD\uFFFE\uFFFF",
            "\t\r\n\"'`\\;--",
            "null",
            "NaN",
            "\uD7FF\uE000",
            "\u007F\u0080\u07FF\u0800",
            "\uDBFF\uDFFF".repeat(20),
            "long ".repeat(400));

    private static final List<Double> DOUBLES = List.of(
            Double.NEGATIVE_INFINITY,
            -Double.MAX_VALUE,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            0.1,
            1.0 / 3,
            1e17,
            (double) BEYOND_A_DOUBLE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN);

    private final Random random;
    private Share share = Share.ANY;

    private EdgeValues(long seed) {
        this.random = new Random(seed);
    }

    public static List<GenericRecord> records(Schema schema, long seed, int count) {
        EdgeValues values = new EdgeValues(seed);
        return Stream.concat(Stream.of(Share.LOWEST, Share.HIGHEST, Share.EMPTIEST), Stream.generate(() -> Share.ANY))
                .limit(count)
                .map(share -> {
                    values.share = share;
                    return values.record(schema, 0);
                })
                .toList();
    }

    private GenericRecord record(Schema schema, int depth) {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), depth + 1)));
        return record;
    }

    private @Nullable Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> share(false, true, false, random::nextBoolean);
            case INT -> (int) number(schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> number(schema, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> real().floatValue();
            case DOUBLE -> real();
            case STRING -> "uuid".equals(schema.getProp("logicalType")) ? uuid() : text();
            case BYTES -> ByteBuffer.wrap(
                    "decimal".equals(schema.getProp("logicalType"))
                            ? unscaled(schema).toByteArray()
                            : bytes(share(1, 300, 0, () -> random.nextInt(40))));
            case FIXED -> new GenericData.Fixed(schema, fixed(schema));
            case ENUM -> new GenericData.EnumSymbol(schema, symbol(schema.getEnumSymbols()));
            case RECORD -> record(schema, depth);
            case ARRAY -> Arrays.asList(IntStream.range(0, size(depth))
                    .mapToObj(item -> value(schema.getElementType(), depth + 1))
                    .toArray());
            case MAP -> map(schema.getValueType(), depth);
            case UNION -> value(branch(schema.getTypes(), depth), depth);
        };
    }

    private <T> T share(T lowest, T highest, T emptiest, Supplier<T> any) {
        return switch (share) {
            case LOWEST -> lowest;
            case HIGHEST -> highest;
            case EMPTIEST -> emptiest;
            case ANY -> any.get();
        };
    }

    /** Any of the type's numbers, or those that the logical type allows. */
    private long number(Schema schema, long lowest, long highest) {
        String word = String.valueOf(schema.getProp("logicalType"));
        return switch (word) {
            case "time-millis" -> within(0, DAY_MICROS / 1_000 - 1);
            case "time-micros" -> within(0, DAY_MICROS - 1);
            case "timestamp-millis", "local-timestamp-millis" -> within(Long.MIN_VALUE / 1_000, Long.MAX_VALUE / 1_000);
            default -> within(lowest, highest);
        };
    }

    private long within(long lowest, long highest) {
        long zero = Math.max(lowest, 0);
        return share(lowest, highest, zero, () -> {
            List<Long> some = List.of(
                    lowest,
                    highest,
                    zero,
                    -1L,
                    1L,
                    BEYOND_A_DOUBLE,
                    -BEYOND_A_DOUBLE,
                    (long) random.nextInt(),
                    random.nextLong(),
                    1_700_000_000_123_456L + random.nextInt(),
                    -1_700_000_000_123L - random.nextInt());
            long number = some.get(random.nextInt(some.size()));
            return number < lowest || number > highest ? Math.floorMod(number, highest) : number;
        });
    }

    private Double real() {
        return share(
                Double.NEGATIVE_INFINITY,
                Double.NaN,
                0.0,
                () -> random.nextBoolean() ? DOUBLES.get(random.nextInt(DOUBLES.size())) : random.nextGaussian());
    }

    private String text() {
        return share("\u0000", "\uDBFF\uDFFF".repeat(20), "", () -> TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private String uuid() {
        UUID any = new UUID(random.nextLong(), random.nextLong());
        return share(
                new UUID(0, 0).toString(),
                new UUID(-1, -1).toString(),
                new UUID(0, 0).toString(),
                () -> random.nextBoolean() ? any.toString() : any.toString().toUpperCase(Locale.ROOT));
    }

    private BigInteger unscaled(Schema schema) {
        int precision = (Integer) schema.getObjectProp("precision");
        BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        return share(most.negate(), most, BigInteger.ZERO, () -> switch (random.nextInt(5)) {
            case 0 -> most;
            case 1 -> most.negate();
            case 2 -> BigInteger.ONE.negate();
            default -> new BigInteger(most.bitLength() - 1, random).multiply(BigInteger.valueOf(random.nextInt(3) - 1));
        });
    }

    private byte[] fixed(Schema schema) {
        int size = schema.getFixedSize();
        if (!"decimal".equals(schema.getProp("logicalType"))) {
            return bytes(size);
        }
        BigInteger unscaled = unscaled(schema);
        byte[] digits = unscaled.toByteArray();
        if (digits.length > size) {
            // Of more digits than so many bytes hold: then it is no decimal, and any bytes are a value.
            return bytes(size);
        }
        byte[] padded = new byte[size];
        Arrays.fill(padded, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, size - digits.length, digits.length);
        return padded;
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        byte[] others = new byte[size];
        Arrays.fill(others, (byte) -1);
        return share(bytes, others, bytes, () -> {
            random.nextBytes(bytes);
            return bytes;
        });
    }

    private String symbol(List<String> symbols) {
        String last = symbols.get(symbols.size() - 1);
        return share(symbols.get(0), last, symbols.get(0), () -> symbols.get(random.nextInt(symbols.size())));
    }

    private int size(int depth) {
        return depth > DEEPEST ? 0 : share(1, 2, 0, () -> random.nextInt(depth > 4 ? 3 : 4));
    }

    private Map<String, @Nullable Object> map(Schema values, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int entry = size(depth); entry > 0; entry--) {
            map.put(TEXTS.get(random.nextInt(TEXTS.size())), value(values, depth + 1));
        }
        return map;
    }

    private Schema branch(List<Schema> branches, int depth) {
        List<Schema> present = new ArrayList<>(branches);
        present.removeIf(branch -> branch.getType() == Schema.Type.NULL);
        Schema absent = present.size() < branches.size() ? Schema.create(Schema.Type.NULL) : present.get(0);
        return depth > DEEPEST
                ? absent
                : share(
                        present.get(0),
                        present.get(present.size() - 1),
                        absent,
                        () -> branches.get(random.nextInt(branches.size())));
    }
}

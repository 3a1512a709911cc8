package dev.firn.benchmarks.workload;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of a schema; a value depends on the seed and its number alone. Properties of a type say what its values are
 * like, for what a column costs depends on it:
 *
 * <pre>
 * nulls     percent of nulls, of a type beside null; 50 unless said
 * as        of a string: `uuid`, `code` (the prefix and a number), or `words` (least to most of them)
 * distinct  of a string: how many values there are; as many as chance has unless said
 * below     of a number: 0 to this
 * sequence  of a whole number: counts up from `from`
 * least, most   of an array or a map: how many entries; of `words`: how many words
 * </pre>
 */
final class SeededValues {

    private static final long FIRST_TIME = 1_750_000_000_000L;
    private static final long MILLIS_BETWEEN_RECORDS = 2;
    private static final long JITTER_MILLIS = 1_000;
    private static final long MILLIS_OF_DAY = 86_400_000;
    private static final int MANY = 1 << 20;

    private static final String[] WORDS =
            ("please leave at the back door call before delivery ring twice fragile handle with care gift wrap no receipt"
                            + " neighbour knows code größer café")
                    .split(" ");

    /** How values of one type are made. */
    private interface Maker {
        @Nullable
        Object of(SplittableRandom random, long number);
    }

    private final Maker records;

    SeededValues(Schema schema) {
        this.records = maker(schema);
    }

    /** The record of a number, from 0. */
    GenericData.Record record(long seed, long number) {
        SplittableRandom random = new SplittableRandom(mixed(mixed(seed) + number));
        Object record = records.of(random, number);
        if (record instanceof GenericData.Record made) {
            return made;
        }
        throw new IllegalStateException("a workload's schema is a record");
    }

    /** So that the values of one record are not those of the next, one place on: the finisher of MurmurHash3. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    private static Maker maker(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> struct(schema);
            case ARRAY -> list(schema);
            case MAP -> map(schema);
            case UNION -> optional(schema);
            case STRING -> text(schema);
            case BYTES -> bytes(schema);
            case INT -> isDate(schema)
                    ? (random, number) -> (int) Math.floorDiv(time(random, number), MILLIS_OF_DAY)
                    : (random, number) -> (int) whole(schema, random, number);
            case LONG -> schema.getLogicalType() == null
                    ? (random, number) -> whole(schema, random, number)
                    : SeededValues::time;
            case FLOAT -> (random, number) -> (float) random.nextInt(hint(schema, "below", MANY)) / 4;
            case DOUBLE -> schema.getObjectProp("below") == null
                    ? (random, number) -> random.nextDouble() * 360 - 180
                    : (random, number) -> random.nextInt(hint(schema, "below", MANY)) / 100.0;
            case BOOLEAN -> (random, number) -> random.nextInt(10) == 0;
            case ENUM, FIXED, NULL -> throw new IllegalArgumentException("no workload has a type " + schema.getType());
        };
    }

    private static boolean isDate(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Date;
    }

    private static Long time(SplittableRandom random, long number) {
        return FIRST_TIME + number * MILLIS_BETWEEN_RECORDS + random.nextLong(JITTER_MILLIS);
    }

    private static long whole(Schema schema, SplittableRandom random, long number) {
        long from = hint(schema, "from", 0);
        return Boolean.TRUE.equals(schema.getObjectProp("sequence"))
                ? from + number
                : from + random.nextLong(hint(schema, "below", MANY));
    }

    private static Maker struct(Schema schema) {
        List<Maker> fields =
                schema.getFields().stream().map(field -> maker(field.schema())).toList();
        return (random, number) -> {
            GenericData.Record record = new GenericData.Record(schema);
            for (int i = 0; i < fields.size(); i++) {
                record.put(i, fields.get(i).of(random, number));
            }
            return record;
        };
    }

    private static Maker list(Schema schema) {
        Maker items = maker(schema.getElementType());
        return (random, number) -> {
            int size = size(schema, random);
            List<@Nullable Object> values = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                values.add(items.of(random, number));
            }
            return values;
        };
    }

    private static Maker map(Schema schema) {
        Maker items = maker(schema.getValueType());
        return (random, number) -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            int first = random.nextInt(WORDS.length);
            for (int i = size(schema, random); i > 0; i--) {
                values.put(WORDS[(first + i) % WORDS.length], items.of(random, number));
            }
            return values;
        };
    }

    private static int size(Schema schema, SplittableRandom random) {
        return random.nextInt(hint(schema, "least", 0), hint(schema, "most", 3) + 1);
    }

    private static Maker optional(Schema schema) {
        Schema present = schema.getTypes().get(1);
        int nulls = hint(present, "nulls", 50);
        Maker values = maker(present);
        return (random, number) -> random.nextInt(100) < nulls ? null : values.of(random, number);
    }

    private static Maker text(Schema schema) {
        Function<SplittableRandom, String> any = anyText(schema);
        if (schema.getObjectProp("distinct") == null) {
            return (random, number) -> any.apply(random);
        }
        String[] pool = IntStream.range(0, hint(schema, "distinct", 1))
                .mapToObj(i -> any.apply(new SplittableRandom(31L * i + 7)))
                .toArray(String[]::new);
        return (random, number) -> pool[random.nextInt(pool.length)];
    }

    private static Function<SplittableRandom, String> anyText(Schema schema) {
        String prefix = String.valueOf(schema.getProp("prefix"));
        return switch (String.valueOf(schema.getProp("as"))) {
            case "uuid" -> random -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "code" -> random -> prefix + random.nextInt(MANY);
            default -> random -> words(schema, random);
        };
    }

    private static String words(Schema schema, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = size(schema, random); i > 0; i--) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static Maker bytes(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
            int below = hint(schema, "below", MANY);
            return (random, number) -> ByteBuffer.wrap(
                    BigInteger.valueOf(random.nextInt(-below / 20, below)).toByteArray());
        }
        return (random, number) -> {
            byte[] bytes = new byte[1 + random.nextInt(24)];
            random.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        };
    }

    private static int hint(Schema schema, String name, int otherwise) {
        return schema.getObjectProp(name) instanceof Number number ? number.intValue() : otherwise;
    }
}

package dev.firn.benchmarks;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Values as records have them: words rather than noise, times of one day, small numbers more often than large ones. */
final class RandomValues {

    private static final int SHORT_TEXT = 24;
    private static final int LONG_TEXT = 200;
    private static final int MOST_ITEMS = 4;
    private static final long DAY = 20_000;

    private static final String[] WORDS = {
        "order", "paid", "ada", "main", "street", "north", "winter", "blue", "quick", "b2b", "Café", "größer", "東京"
    };

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Object of(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> throw new IllegalStateException("null stands only beside something");
            case BOOLEAN -> random.nextBoolean();
            case INT -> number(schema).intValue();
            case LONG -> number(schema);
            case FLOAT -> (float) random.nextGaussian();
            case DOUBLE -> random.nextGaussian() * 1_000;
            case STRING -> text(schema);
            case BYTES -> ByteBuffer.wrap(schema.getProp("logicalType") == null ? bytes(16) : decimal(schema));
            case FIXED -> new GenericData.Fixed(schema, fixed(schema));
            case ENUM -> new GenericData.EnumSymbol(schema, any(schema.getEnumSymbols()));
            case RECORD -> record(schema);
            case ARRAY -> list(schema);
            case MAP -> map(schema);
            case UNION -> union(schema);
        };
    }

    private GenericData.Record record(Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema();
            boolean isNull = type.isUnion() && type.isNullable() && random.nextInt(4) == 0;
            record.put(field.pos(), isNull ? null : of(type));
        }
        return record;
    }

    private Object union(Schema schema) {
        return of(any(schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList()));
    }

    private List<Object> list(Schema schema) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(MOST_ITEMS + 1); i > 0; i--) {
            values.add(of(schema.getElementType()));
        }
        return values;
    }

    private Map<String, Object> map(Schema schema) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(MOST_ITEMS + 1); i > 0; i--) {
            values.put(any(Arrays.asList(WORDS)) + i, of(schema.getValueType()));
        }
        return values;
    }

    private Long number(Schema schema) {
        String logical = String.valueOf(schema.getProp("logicalType"));
        long microOfDay = (long) (random.nextDouble() * TimeUnit.DAYS.toMicros(1));
        return switch (logical) {
            case "date" -> DAY - random.nextInt(3);
            case "time-millis" -> microOfDay / 1_000;
            case "time-micros" -> microOfDay;
            case "timestamp-millis", "local-timestamp-millis" -> TimeUnit.DAYS.toMillis(DAY) + microOfDay / 1_000;
            case "timestamp-micros", "local-timestamp-micros" -> TimeUnit.DAYS.toMicros(DAY) + microOfDay;
            default -> random.nextLong() >>> ((schema.getType() == Schema.Type.INT ? 40 : 24) + random.nextInt(24));
        };
    }

    private String text(Schema schema) {
        if ("uuid".equals(schema.getProp("logicalType"))) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        int longest = schema.getObjectProp("long") == null ? SHORT_TEXT : LONG_TEXT;
        int length = 1 + random.nextInt(longest);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(any(Arrays.asList(WORDS).subList(0, random.nextInt(8) == 0 ? WORDS.length : WORDS.length - 3)));
            text.append(' ');
        }
        return text.toString().strip();
    }

    private byte[] decimal(Schema schema) {
        int precision = (Integer) schema.getObjectProp("precision");
        BigInteger number = new BigInteger(127, random).mod(BigInteger.TEN.pow(precision));
        return (random.nextInt(4) == 0 ? number.negate() : number).toByteArray();
    }

    private byte[] fixed(Schema schema) {
        if (!"decimal".equals(schema.getProp("logicalType"))) {
            return bytes(schema.getFixedSize());
        }
        byte[] number = decimal(schema);
        byte[] fixed = new byte[schema.getFixedSize()];
        Arrays.fill(fixed, (byte) (number[0] >> 7));
        System.arraycopy(number, 0, fixed, fixed.length - number.length, number.length);
        return fixed;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

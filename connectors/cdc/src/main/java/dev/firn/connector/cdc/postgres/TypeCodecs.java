package dev.firn.connector.cdc.postgres;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What becomes of each type: a codec, by the type's name where it is the system's, else the text as it is. */
final class TypeCodecs {

    private static final int MOST_DIGITS = 38;

    /** In front of a modifier, which is 4 more than what it says. */
    private static final int HEADER = 4;

    private static final int SCALE_BITS = 0x7ff;
    private static final int SCALE_SIGN = 0x400;

    private static final TextCodec<byte[]> TEXT = new TextCodec<>(
            Schema.create(Schema.Type.STRING), bytes -> bytes, (value, out) -> out.writeBytes(value), new byte[0]);

    private static final TextCodec<Integer> INT =
            TextCodec.of(Schema.create(Schema.Type.INT), Integer::valueOf, (value, out) -> out.writeInt(value), 0);

    private static final TextCodec<Long> LONG =
            TextCodec.of(Schema.create(Schema.Type.LONG), Long::valueOf, (value, out) -> out.writeLong(value), 0L);

    private static final Map<String, TextCodec<?>> BUILT_IN = Map.ofEntries(
            Map.entry(
                    "bool",
                    TextCodec.of(
                            Schema.create(Schema.Type.BOOLEAN),
                            TypeCodecs::readBoolean,
                            (value, out) -> out.writeBoolean(value),
                            false)),
            Map.entry("int2", INT),
            Map.entry("int4", INT),
            Map.entry("int8", LONG),
            // Without a sign, so it does not fit into an int.
            Map.entry("oid", LONG),
            Map.entry(
                    "float4",
                    TextCodec.of(
                            Schema.create(Schema.Type.FLOAT),
                            Float::valueOf,
                            (value, out) -> out.writeFloat(value),
                            0f)),
            Map.entry(
                    "float8",
                    TextCodec.of(
                            Schema.create(Schema.Type.DOUBLE),
                            Double::valueOf,
                            (value, out) -> out.writeDouble(value),
                            0d)),
            Map.entry(
                    "date",
                    TextCodec.of(
                            LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
                            TemporalTexts::days,
                            (value, out) -> out.writeInt(value),
                            0)),
            Map.entry("time", micros(LogicalTypes.timeMicros(), TemporalTexts::timeMicros)),
            Map.entry("timestamp", micros(LogicalTypes.localTimestampMicros(), TemporalTexts::timestampMicros)),
            Map.entry("timestamptz", micros(LogicalTypes.timestampMicros(), TemporalTexts::instantMicros)),
            Map.entry(
                    "bytea",
                    TextCodec.of(
                            Schema.create(Schema.Type.BYTES),
                            TypeCodecs::readHex,
                            (value, out) -> out.writeBytes(value),
                            new byte[0])));

    private TypeCodecs() {}

    /** @param modifier of the column */
    static TextCodec<?> of(PostgresType type, int modifier) {
        PostgresType of = type.of();
        switch (type.kind()) {
            case DOMAIN:
                return of == null ? TEXT : of(of, type.modifier());
            case ARRAY:
                // A modifier is about the items.
                return of == null ? TEXT : ListTexts.codec(of(of, modifier), type.delimiter());
            case BASE:
                return base(type, modifier);
            case OTHER:
                return TEXT;
        }
        throw new IllegalStateException("our bug: a type is of no kind");
    }

    private static TextCodec<?> base(PostgresType type, int modifier) {
        if (!type.isBuiltIn()) {
            return type.name().equals("hstore") ? PairTexts.codec() : TEXT;
        }
        if (type.name().equals("numeric")) {
            return decimal(modifier).<TextCodec<?>>map(found -> found).orElse(TEXT);
        }
        TextCodec<?> found = BUILT_IN.get(type.name());
        return found == null ? TEXT : found;
    }

    /** Empty for one that has no bounds, or more digits than columns have: it is a text, with all its digits. */
    private static Optional<TextCodec<BigDecimal>> decimal(int modifier) {
        if (modifier < HEADER) {
            return Optional.empty();
        }
        int declared = ((modifier - HEADER) >> 16) & 0xffff;
        int scale = (((modifier - HEADER) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
        // A negative scale rounds in front of the point; one beyond the precision leaves zeros behind it.
        int digits = scale < 0 ? declared - scale : Math.max(declared, scale);
        int behind = Math.max(scale, 0);
        if (digits > MOST_DIGITS) {
            return Optional.empty();
        }
        Schema schema = LogicalTypes.decimal(digits, behind).addToSchema(Schema.create(Schema.Type.BYTES));
        return Optional.of(TextCodec.of(
                schema,
                text -> readDecimal(text, digits, behind),
                (value, out) -> out.writeBytes(value.unscaledValue().toByteArray()),
                BigDecimal.ZERO));
    }

    private static BigDecimal readDecimal(String text, int digits, int scale) throws Unfit {
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            throw new Unfit(text, "which is no decimal");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.scale() > scale || value.precision() - value.scale() > digits - scale) {
            throw new Unfit(
                    text, "which is no decimal of " + digits + " digits, " + scale + " of them behind the point");
        }
        return value.setScale(scale);
    }

    private static TextCodec<Long> micros(LogicalType type, TextCodec.FromString<Long> from) {
        Schema schema = type.addToSchema(Schema.create(Schema.Type.LONG));
        return TextCodec.of(schema, from, (value, out) -> out.writeLong(value), 0L);
    }

    private static Boolean readBoolean(String text) throws Unfit {
        return switch (text) {
            case "t" -> true;
            case "f" -> false;
            default -> throw new Unfit(text, "which is no boolean");
        };
    }

    private static byte[] readHex(String text) throws Unfit {
        if (!text.startsWith("\\x")) {
            throw new Unfit(text, "which is no hexadecimal text");
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw new Unfit(text, "which is no hexadecimal text");
        }
    }

    /** With nulls. */
    static Schema nullable(Schema schema) {
        return Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), schema));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

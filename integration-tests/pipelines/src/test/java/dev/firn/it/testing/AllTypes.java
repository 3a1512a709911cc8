package dev.firn.it.testing;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/** A record with a field of every type, its edge values, and what a table should hold of it. */
public final class AllTypes {

    private static final String SCHEMA =
            """
            {"type": "record", "name": "Everything", "namespace": "it", "fields": [
              {"name": "id", "type": "long"},
              {"name": "flag", "type": "boolean"},
              {"name": "small", "type": "int"},
              {"name": "large", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "real", "type": "double"},
              {"name": "text", "type": "string"},
              {"name": "raw", "type": "bytes"},
              {"name": "mood", "type": {"type": "enum", "name": "Mood", "symbols": ["GOOD", "BAD"]}},
              {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 4}},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 4}},
              {"name": "huge", "type": {"type": "fixed", "name": "Huge", "size": 16, "logicalType": "decimal", "precision": 38, "scale": 0}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "at_millis", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "at_micros", "type": {"type": "long", "logicalType": "time-micros"}},
              {"name": "instant_millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "instant_micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "local_millis", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
              {"name": "local_micros", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
              {"name": "key", "type": {"type": "string", "logicalType": "uuid"}},
              {"name": "span", "type": {"type": "fixed", "name": "Span", "size": 12, "logicalType": "duration"}},
              {"name": "maybe", "type": ["null", "string"]},
              {"name": "maybe_last", "type": ["long", "null"]},
              {"name": "either", "type": ["null", "long", "string"]},
              {"name": "place", "type": {"type": "record", "name": "Place", "fields": [
                {"name": "city", "type": "string"}, {"name": "zip", "type": ["null", "string"]}]}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "places", "type": {"type": "array", "items": "Place"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "maybes", "type": {"type": "array", "items": ["null", "int"]}}
            ]}
            """;

    private static final Schema EVERYTHING = new Schema.Parser().parse(SCHEMA);

    private AllTypes() {}

    /** Everything has a value, most of them at an edge. */
    public static GenericRecord full() {
        return new GenericRecordBuilder(EVERYTHING)
                .set("id", 1L)
                .set("flag", true)
                .set("small", Integer.MIN_VALUE)
                .set("large", Long.MAX_VALUE)
                .set("single", Float.MIN_VALUE)
                .set("real", Double.NEGATIVE_INFINITY)
                .set("text", "Grüße, 雪 ❄ \uD83C\uDFD4")
                .set("raw", ByteBuffer.wrap(new byte[] {0, -1, 127}))
                .set("mood", new GenericData.EnumSymbol(schema("mood"), "BAD"))
                .set("code", new GenericData.Fixed(schema("code"), new byte[] {1, 2, 3, 4}))
                .set(
                        "price",
                        ByteBuffer.wrap(new BigDecimal("-9999999999999999.9999")
                                .unscaledValue()
                                .toByteArray()))
                .set("huge", new GenericData.Fixed(schema("huge"), sixteen(new BigDecimal("9".repeat(38)))))
                .set("day", (int) LocalDate.of(1969, 12, 31).toEpochDay())
                .set("at_millis", 86_399_999)
                .set("at_micros", 86_399_999_999L)
                .set("instant_millis", -1L)
                .set("instant_micros", -1L)
                .set("local_millis", 1_767_225_600_123L)
                .set("local_micros", 1_767_225_600_123_456L)
                .set("key", "123e4567-e89b-12d3-a456-426614174000")
                .set("span", new GenericData.Fixed(schema("span"), new byte[] {1, 0, 0, 0, 2, 0, 0, 0, -1, -1, -1, -1}))
                .set("maybe", "there")
                .set("maybe_last", 7L)
                .set("either", "text")
                .set("place", place("Oslo", "0150"))
                .set("tags", List.of("a", "", "ü"))
                .set("places", List.of(place("Bergen", null), place("Narvik", "8514")))
                .set("counts", Map.of("one", 1L, "two", 2L))
                .set("maybes", Arrays.asList(1, null, 3))
                .build();
    }

    /** What may be missing is missing, what may be empty is empty. */
    public static GenericRecord sparse() {
        return new GenericRecordBuilder((GenericData.Record) full())
                .set("id", 2L)
                .set("maybe", null)
                .set("maybe_last", null)
                .set("either", null)
                .set("tags", List.of())
                .set("places", List.of())
                .set("counts", Map.of())
                .set("maybes", List.of())
                .build();
    }

    /** The full record's values by column, structs as maps. */
    public static Map<String, @Nullable Object> expectedFull() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", 1L);
        row.put("flag", true);
        row.put("small", Integer.MIN_VALUE);
        row.put("large", Long.MAX_VALUE);
        row.put("single", Float.MIN_VALUE);
        row.put("real", Double.NEGATIVE_INFINITY);
        row.put("text", "Grüße, 雪 ❄ \uD83C\uDFD4");
        row.put("raw", ByteBuffer.wrap(new byte[] {0, -1, 127}));
        row.put("mood", "BAD");
        row.put("code", new byte[] {1, 2, 3, 4});
        row.put("price", new BigDecimal("-9999999999999999.9999"));
        row.put("huge", new BigDecimal("9".repeat(38)));
        row.put("day", LocalDate.of(1969, 12, 31));
        row.put("at_millis", LocalTime.of(23, 59, 59, 999_000_000));
        row.put("at_micros", LocalTime.of(23, 59, 59, 999_999_000));
        row.put("instant_millis", OffsetDateTime.parse("1969-12-31T23:59:59.999Z"));
        row.put("instant_micros", OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"));
        row.put("local_millis", LocalDateTime.parse("2026-01-01T00:00:00.123"));
        row.put("local_micros", LocalDateTime.parse("2026-01-01T00:00:00.123456"));
        row.put("key", UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        row.put("span", Map.of("months", 1L, "days", 2L, "millis", 4_294_967_295L));
        row.put("maybe", "there");
        row.put("maybe_last", 7L);
        row.put("either", struct("long", null, "string", "text"));
        row.put("place", Map.of("city", "Oslo", "zip", "0150"));
        row.put("tags", List.of("a", "", "ü"));
        row.put("places", List.of(struct("city", "Bergen", "zip", null), Map.of("city", "Narvik", "zip", "8514")));
        row.put("counts", Map.of("one", 1L, "two", 2L));
        row.put("maybes", Arrays.asList(1, null, 3));
        return row;
    }

    /** The sparse record's values by column. */
    public static Map<String, @Nullable Object> expectedSparse() {
        Map<String, @Nullable Object> row = expectedFull();
        row.put("id", 2L);
        row.put("maybe", null);
        row.put("maybe_last", null);
        row.put("either", null);
        row.put("tags", List.of());
        row.put("places", List.of());
        row.put("counts", Map.of());
        row.put("maybes", List.of());
        return row;
    }

    private static Map<String, @Nullable Object> struct(
            String one, @Nullable Object first, String two, @Nullable Object second) {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        struct.put(one, first);
        struct.put(two, second);
        return struct;
    }

    private static GenericRecord place(String city, @Nullable String zip) {
        return new GenericRecordBuilder(schema("place"))
                .set("city", city)
                .set("zip", zip)
                .build();
    }

    private static Schema schema(String field) {
        return EVERYTHING.getField(field).schema();
    }

    private static byte[] sixteen(BigDecimal number) {
        byte[] bytes = number.unscaledValue().toByteArray();
        byte[] padded = new byte[16];
        Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, 16 - bytes.length, bytes.length);
        return padded;
    }
}

package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro's own reader, with Avro's own conversions, reads the same bytes to the same values. */
class DecoderAgainstAvroTest {

    private static final int FRAME = 5;

    private static final GenericData AVRO = new GenericData();

    static {
        AVRO.addLogicalTypeConversion(new Conversions.DecimalConversion());
        AVRO.addLogicalTypeConversion(new Conversions.UUIDConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.DateConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        AVRO.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    }

    @Property(tries = 3_000)
    void readsWhatAvroReads(@ForAll long seed) throws Rejected, IOException {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);

        for (byte[] value : List.of(AvroBytes.encode(schema, datum), AvroBytes.encodeInBlocks(schema, datum))) {
            Object expected = new GenericDatumReader<@Nullable Object>(schema, schema, AVRO)
                    .read(null, DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null));

            assertThat(AvroBytes.decode(schema, value)).isEqualTo(expected(schema, expected));
        }
    }

    /** Avro's objects in the words of a row. */
    private static @Nullable Object expected(Schema schema, @Nullable Object value) {
        if (schema.isUnion()) {
            return union(schema, value);
        }
        if (value instanceof GenericRecord record) {
            List<String> names =
                    schema.getFields().stream().map(Schema.Field::name).toList();
            List<@Nullable Object> values = new ArrayList<>();
            schema.getFields().forEach(field -> values.add(expected(field.schema(), record.get(field.pos()))));
            return new Row(names, values);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(item -> values.add(expected(schema.getElementType(), item)));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new HashMap<>();
            map.forEach((key, item) -> values.put(key.toString(), expected(schema.getValueType(), item)));
            return values;
        }
        return scalar(value);
    }

    private static @Nullable Object union(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        List<Schema> present = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (present.size() == 1 && schema.getTypes().size() == 2) {
            return expected(present.get(0), value);
        }
        Schema chosen = schema.getTypes().get(AVRO.resolveUnion(schema, value));
        List<@Nullable Object> values = new ArrayList<>();
        present.forEach(branch -> values.add(branch.equals(chosen) ? expected(branch, value) : null));
        return new Row(present.stream().map(Schema::getName).toList(), values);
    }

    private static @Nullable Object scalar(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof GenericData.Fixed fixed) {
            return fixed.bytes();
        }
        return value instanceof CharSequence || value instanceof GenericData.EnumSymbol ? value.toString() : value;
    }

    /** A corrupted payload is rejected or read, never anything else, and never with memory that it only claims. */
    @Property(tries = 3_000)
    void answersAnyBytesWithARowOrARejection(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        byte[] value = AvroBytes.encode(schema, datum);

        AvroDecoder decoder = AvroDecoder.compile(schema, AvroBytes.table(schema), Row.FACTORY);
        for (byte[] corrupt : Corruption.of(value, FRAME, seed)) {
            long before = Allocation.ofThisThread();
            try {
                assertThat(decoder.decode(AvroBytes.raw(corrupt))).isNotNull();
            } catch (Rejected rejected) {
                assertThat(rejected.reason()).isNotEmpty().hasSizeLessThan(300);
            }
            assertThat(Allocation.ofThisThread() - before).isLessThan(8 << 20);
        }
    }

    @Property(tries = 300)
    void everyTruncationIsRejected(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        byte[] value = AvroBytes.encode(schema, datum);

        AvroDecoder decoder = AvroDecoder.compile(schema, AvroBytes.table(schema), Row.FACTORY);
        for (int length = 0; length < value.length; length++) {
            RawRecord cut = AvroBytes.raw(Arrays.copyOf(value, length));
            assertThatThrownBy(() -> decoder.decode(cut))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo(RejectCode.TRUNCATED_PAYLOAD));
        }
    }
}

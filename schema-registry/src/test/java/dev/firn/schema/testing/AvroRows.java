package dev.firn.schema.testing;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Framed records as Avro's own reader reads them, with Avro's own conversions and resolution, in the words of a row. */
public final class AvroRows {

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

    private AvroRows() {}

    /**
     * The row that a reader with one schema makes of what was written with another.
     *
     * @throws org.apache.avro.AvroTypeException where the reader can't take what is there
     */
    public static Row read(Schema writer, Schema reader, byte[] value) throws IOException {
        Object record = new GenericDatumReader<@Nullable Object>(writer, reader, AVRO)
                .read(null, DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null));
        return (Row) Objects.requireNonNull(inWords(reader, record));
    }

    private static @Nullable Object inWords(Schema schema, @Nullable Object value) {
        if (schema.isUnion()) {
            return union(schema, value);
        }
        if (value instanceof GenericRecord record) {
            List<String> names =
                    schema.getFields().stream().map(Schema.Field::name).toList();
            List<@Nullable Object> values = new ArrayList<>();
            schema.getFields().forEach(field -> values.add(inWords(field.schema(), record.get(field.pos()))));
            return new Row(names, values);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(item -> values.add(inWords(schema.getElementType(), item)));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new HashMap<>();
            map.forEach((key, item) -> values.put(key.toString(), inWords(schema.getValueType(), item)));
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
            return inWords(present.get(0), value);
        }
        Schema chosen = schema.getTypes().get(AVRO.resolveUnion(schema, value));
        List<@Nullable Object> values = new ArrayList<>();
        present.forEach(branch -> values.add(branch.equals(chosen) ? inWords(branch, value) : null));
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
}

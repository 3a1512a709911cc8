package dev.firn.benchmarks.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicRowsTest {

    private static final Schema ORDER = new Schema.Parser()
            .parse(
                    """
            {"type": "record", "name": "Order", "fields": [
              {"name": "order_id", "type": "long"},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
              {"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "order_date", "type": {"type": "int", "logicalType": "date"}},
              {"name": "note", "type": ["null", "string"], "default": null},
              {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                {"name": "sku", "type": "string"}]}}},
              {"name": "attributes", "type": {"type": "map", "values": "string"}}]}
            """);

    private final TopicRows upserts = new TopicRows(ORDER, List.of("order_id"));

    @Test
    void holdsTheLastOfEachKeyUnlessItHasNoValue() throws IOException {
        upserts.add(message(0, "a", value(1, "first")));
        upserts.add(message(1, "b", value(2, "second")));
        upserts.add(message(0, "a", value(1, "third")));
        upserts.add(message(1, "b", null));
        upserts.add(message(1, "d", value(4, null)));
        upserts.add(message(0, "c", null));

        assertThat(upserts.contents())
                .isEqualTo(new Contents(
                        "order_id: required long, amount: required decimal(12, 2), created_at: required timestamptz,"
                                + " order_date: required date, note: optional string, items: required list<struct<sku:"
                                + " required string>>, attributes: required map<string, string>",
                        2,
                        RowHash.of(row(1, "third")) + RowHash.of(row(4, null))));
    }

    @Test
    void holdsEveryRecordThatCanBeReadWhereThereIsNoKey() throws IOException {
        TopicRows appends = new TopicRows(ORDER, List.of());
        byte[] value = value(1, "twice");
        byte[] wrongMagic = value.clone();
        wrongMagic[0] = 7;

        appends.add(message(0, null, value));
        appends.add(message(1, null, value));
        appends.add(message(0, null, Arrays.copyOf(value, value.length / 2)));
        appends.add(message(0, null, wrongMagic));

        assertThat(appends.contents().rows()).isEqualTo(2);
        assertThat(appends.contents().hash()).isEqualTo(2 * RowHash.of(row(1, "twice")));
    }

    @Test
    void refusesAKeyThatIsInTwoPartitionsForNoneOfItsRecordsIsTheLast() throws IOException {
        upserts.add(message(0, "a", value(1, "first")));
        ConsumerRecord<byte[], byte @Nullable []> elsewhere = message(1, "a", null);

        assertThatThrownBy(() -> upserts.add(elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a key is in partitions 0 and 1");
    }

    private static ConsumerRecord<byte[], byte @Nullable []> message(
            int partition, @Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "orders", partition, 0, key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** A row as a reader of the table has it. */
    private static Record row(long order, @Nullable String note) {
        org.apache.iceberg.Schema columns = AvroColumns.of(ORDER, List.of("order_id"));
        Record item = GenericRecord.create(columns.findType("items.element").asStructType());
        item.set(0, "SKU-1");
        Record row = GenericRecord.create(columns);
        row.set(0, order);
        row.set(1, new BigDecimal("-12.50"));
        row.set(2, OffsetDateTime.parse("2025-06-15T15:08:55.734Z"));
        row.set(3, LocalDate.parse("2025-06-15"));
        row.set(4, note);
        row.set(5, List.of(item));
        row.set(6, Map.of("one", "1", "two", "2"));
        return row;
    }

    /** The same as a topic has it, framed. */
    private static byte[] value(long order, @Nullable String note) throws IOException {
        Schema item = ORDER.getField("items").schema().getElementType();
        GenericData.Record record = new GenericRecordBuilder(ORDER)
                .set("order_id", order)
                .set(
                        "amount",
                        ByteBuffer.wrap(new BigDecimal("-12.50").unscaledValue().toByteArray()))
                .set(
                        "created_at",
                        OffsetDateTime.parse("2025-06-15T15:08:55.734Z")
                                .toInstant()
                                .toEpochMilli())
                .set("order_date", (int) LocalDate.parse("2025-06-15").toEpochDay())
                .set("note", note)
                .set(
                        "items",
                        List.of(new GenericRecordBuilder(item)
                                .set("sku", "SKU-1")
                                .build()))
                .set("attributes", Map.of("one", "1", "two", "2"))
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, 3});
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericData.Record>(ORDER).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}

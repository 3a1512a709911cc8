package dev.firn.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDeserializerTest {

    private static final Schema KEY =
            SchemaBuilder.record("Key").fields().requiredLong("id").endRecord();
    private static final Schema VALUE = SchemaBuilder.record("Value")
            .fields()
            .requiredString("name")
            .requiredLong("id")
            .endRecord();
    private static final WriterSchemas WRITERS = id -> id == 1 ? KEY : VALUE;

    private final List<RowData> rows = new ArrayList<>();

    @Test
    void makesARowOfAValue() throws IOException {
        read(new RowDeserializer(new AppendReader(WRITERS, VALUE), RowType.of()), null, value("Ada", 7));

        assertThat(rows).containsExactly(GenericRowData.of(StringData.fromString("Ada"), 7L));
    }

    @Test
    void deletesByTheKeyWhereThereIsNoValue() throws IOException {
        RowDeserializer deserializer = new RowDeserializer(new ChangeReader(WRITERS, VALUE, KEY), RowType.of());
        read(deserializer, key(7), value("Ada", 7));
        read(deserializer, key(7), null);

        assertThat(rows)
                .containsExactly(
                        GenericRowData.of(StringData.fromString("Ada"), 7L),
                        GenericRowData.ofKind(RowKind.DELETE, null, 7L));
    }

    @Test
    void failsAtARecordThatIsNotInTheFrame() {
        RowDeserializer deserializer = new RowDeserializer(new AppendReader(WRITERS, VALUE), RowType.of());

        assertThatThrownBy(() -> read(deserializer, null, new byte[] {1, 0, 0, 0, 2, 0}))
                .isInstanceOf(IOException.class)
                .hasMessage("the record is not in Confluent's frame");
    }

    @Test
    void dropsWhatCannotBeReadOnlyWhereItIsTold() throws IOException {
        RowDeserializer deserializer = new TolerantDeserializer(new AppendReader(WRITERS, VALUE), RowType.of());
        read(deserializer, null, new byte[] {1, 0, 0, 0, 2, 0});
        read(deserializer, null, new byte[] {0, 0});
        read(deserializer, null, new byte[] {0, 0, 0, 0, 2, 8, 'A'});
        read(deserializer, null, value("Ada", 7));

        assertThat(rows).containsExactly(GenericRowData.of(StringData.fromString("Ada"), 7L));
    }

    @Test
    void neverDropsWhatTheTakerCannotTake() throws IOException {
        RowDeserializer deserializer = new TolerantDeserializer(new AppendReader(WRITERS, VALUE), RowType.of());
        deserializer.open(new Context());

        assertThatThrownBy(() -> deserializer.deserialize(record(null, value("Ada", 7)), new Full()))
                .hasMessage("the disk is full");
    }

    private void read(RowDeserializer deserializer, byte @Nullable [] key, byte @Nullable [] value) throws IOException {
        deserializer.open(new Context());
        deserializer.deserialize(record(key, value), new Kept());
    }

    @SuppressWarnings("NullAway") // Kafka's records may lack a key or a value
    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>("topic", 0, 0, key, value);
    }

    private static byte[] key(long id) throws IOException {
        GenericData.Record key = new GenericData.Record(KEY);
        key.put("id", id);
        return framed(1, key);
    }

    private static byte[] value(String name, long id) throws IOException {
        GenericData.Record value = new GenericData.Record(VALUE);
        value.put("name", name);
        value.put("id", id);
        return framed(2, value);
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static final class Context implements InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Kept implements Collector<RowData> {
        @Override
        public void collect(RowData row) {
            rows.add(row);
        }

        @Override
        public void close() {}
    }

    private static final class Full implements Collector<RowData> {
        @Override
        public void collect(RowData row) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void close() {}
    }
}

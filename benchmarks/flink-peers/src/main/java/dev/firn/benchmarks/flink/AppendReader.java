package dev.firn.benchmarks.flink;

import java.io.IOException;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.flink.table.data.RowData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Each record's value is a row. */
final class AppendReader implements RowReader {

    private final WriterSchemas writers;
    private final String schema;
    private transient @Nullable FramedAvro avro;
    private transient @Nullable Conversion conversion;

    AppendReader(WriterSchemas writers, Schema schema) {
        this.writers = writers;
        this.schema = schema.toString();
    }

    @Override
    public void open() {
        Schema expected = new Schema.Parser().parse(schema);
        avro = new FramedAvro(writers, expected);
        conversion = Conversion.from(expected);
    }

    @Override
    public RowData read(ConsumerRecord<byte[], byte[]> message) throws IOException {
        return row(message.value());
    }

    RowData row(byte[] framed) throws IOException {
        Object record = Objects.requireNonNull(avro).read(framed);
        return (RowData) Objects.requireNonNull(conversion).of(record);
    }
}

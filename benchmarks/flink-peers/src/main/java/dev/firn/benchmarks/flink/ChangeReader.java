package dev.firn.benchmarks.flink;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Each record's value takes the place of the row with the same key; where there is no value, the key says which row goes. */
final class ChangeReader implements RowReader {

    private final AppendReader values;
    private final AppendReader keys;
    private final int arity;
    private final int[] keyPositions;

    /** The key's fields are columns of the value, by name. */
    ChangeReader(WriterSchemas writers, Schema value, Schema key) {
        values = new AppendReader(writers, value);
        keys = new AppendReader(writers, key);
        arity = value.getFields().size();
        keyPositions = key.getFields().stream()
                .mapToInt(field -> value.getField(field.name()).pos())
                .toArray();
    }

    @Override
    public void open() {
        values.open();
        keys.open();
    }

    @Override
    public RowData read(ConsumerRecord<byte[], byte[]> message) throws IOException {
        return message.value() == null ? deletion(message.key()) : values.row(message.value());
    }

    /** With null in all columns but those of the key. */
    private RowData deletion(byte[] framed) throws IOException {
        GenericRowData key = (GenericRowData) keys.row(framed);
        GenericRowData row = new GenericRowData(RowKind.DELETE, arity);
        for (int i = 0; i < keyPositions.length; i++) {
            row.setField(keyPositions[i], key.getField(i));
        }
        return row;
    }
}

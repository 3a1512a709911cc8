package dev.firn.benchmarks.flink;

import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Gives a reader's rows to Flink; a record that can't be read fails the job. */
class RowDeserializer implements KafkaRecordDeserializationSchema<RowData> {

    private final RowReader reader;
    private final RowType type;

    RowDeserializer(RowReader reader, RowType type) {
        this.reader = reader;
        this.type = type;
    }

    @Override
    public void open(InitializationContext context) {
        reader.open();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<RowData> rows) throws IOException {
        rows.collect(reader.read(message));
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(type);
    }
}

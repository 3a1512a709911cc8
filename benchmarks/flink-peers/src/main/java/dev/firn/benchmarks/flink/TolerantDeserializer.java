package dev.firn.benchmarks.flink;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Counts a record that can't be read, and drops it. */
final class TolerantDeserializer extends RowDeserializer {

    private final RowReader reader;
    private transient @Nullable Counter unreadable;

    TolerantDeserializer(RowReader reader, RowType type) {
        super(reader, type);
        this.reader = reader;
    }

    @Override
    public void open(InitializationContext context) {
        super.open(context);
        unreadable = context.getMetricGroup().counter("unreadable");
    }

    /** Whoever takes the row may throw too, and that must fail the job: only the reading is watched. */
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<RowData> rows) {
        RowData row;
        try {
            row = reader.read(message);
        } catch (IOException | RuntimeException problem) {
            Objects.requireNonNull(unreadable).inc();
            return;
        }
        rows.collect(row);
    }
}

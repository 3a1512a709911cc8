package dev.firn.flink.write;

import dev.firn.flink.wire.GatheredRecord;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.record.RawRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that others have read: those of small tables, and those of partitions that are gathered. They come
 * as they were read, so what can't be written goes to quarantine from here, with its bytes.
 */
public final class GatheredWriter extends AbstractStreamOperator<LedgerEntry>
        implements OneInputStreamOperator<GatheredRecord, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    private final WriterConfig settings;

    private transient @Nullable BatchedWriting writing;

    public GatheredWriter(WriterConfig settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        writing = BatchedWriting.open(settings, Subtask.settings(settings, getRuntimeContext(), getContainingTask()));
    }

    private BatchedWriting opened() {
        BatchedWriting current = writing;
        if (current == null) {
            throw new IllegalStateException("our bug: a writer that is not open was given work");
        }
        return current;
    }

    @Override
    public void processElement(StreamRecord<GatheredRecord> element) {
        GatheredRecord gathered = element.getValue();
        BatchedWriting current = opened();
        RawRecord record = gathered.record();
        current.add(gathered.table(), current.format(record.split()), gathered.schemaId(), record);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        opened().barrier(settings.uid(), getRuntimeContext().getIndexOfThisSubtask())
                .ifPresent(entry -> output.collect(new StreamRecord<>(entry)));
    }

    @Override
    public void close() throws Exception {
        BatchedWriting current = writing;
        writing = null;
        try {
            if (current != null) {
                current.close();
            }
        } finally {
            super.close();
        }
    }
}

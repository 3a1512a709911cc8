package dev.firn.flink.write;

import dev.firn.flink.wire.Gathered;
import dev.firn.flink.wire.GatheredRecord;
import dev.firn.flink.wire.GatheredSchema;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.record.RawRecord;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that others have read: those of small tables, and those of partitions that are gathered. They come
 * as they were read, so what can't be written goes to quarantine from here, with its bytes. Their schemas come ahead of them.
 */
public final class GatheredWriter extends AbstractStreamOperator<LedgerEntry>
        implements OneInputStreamOperator<Gathered, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    private final WriterConfig settings;

    private transient @Nullable BatchedWriting writing;

    public GatheredWriter(WriterConfig settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        BatchedWriting opened =
                BatchedWriting.open(settings, Subtask.settings(settings, getRuntimeContext(), getContainingTask()));
        writing = opened;
        opened.learn();
    }

    private BatchedWriting opened() {
        BatchedWriting current = writing;
        if (current == null) {
            throw new IllegalStateException("our bug: a writer that is not open was given work");
        }
        return current;
    }

    @Override
    public void processElement(StreamRecord<Gathered> element) {
        BatchedWriting current = opened();
        if (element.getValue() instanceof GatheredRecord gathered) {
            RawRecord record = gathered.record();
            FormatReader format = current.format(record.split());
            try {
                if (format.isDelete(record)) {
                    current.delete(
                            gathered.table(), format.deletes().orElseThrow(GatheredWriter::deletesNothing), record);
                } else {
                    current.add(gathered.table(), format, gathered.schemaId(), record);
                }
            } catch (Rejected refused) {
                // Whoever sent it knew its schema, which nobody says here any more.
                current.quarantine(List.of(RecordRouting.rejection(
                        record, Optional.of(gathered.table().full()), refused)));
            }
        } else if (element.getValue() instanceof GatheredSchema schema) {
            SchemaMemory schemas = current.schemas().get(schema.source());
            if (schemas != null) {
                schemas.learn(schema.id(), schema.definition());
            }
        }
    }

    private static IllegalStateException deletesNothing() {
        return new IllegalStateException("our bug: a record was sent on that deletes, and nobody reads its key");
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

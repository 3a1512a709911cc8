package dev.firn.flink.write;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait to be decoded together, bounded in number and bytes: many tables, or large records, must not fill the
 * heap.
 */
final class Batches {

    /** What records must share to be one batch. */
    record Key(String source, TableName table, int schemaId) {}

    /**
     * When batches are handed over.
     *
     * @param records in one batch
     * @param bytes in one batch
     * @param bytesInAll in all batches; beyond it all of them go
     */
    record Limits(int records, long bytes, long bytesInAll) {
        /** Large enough to spread the cost of a batch, small enough that one of 1 KiB records stays in a cache. */
        static final Limits DEFAULT = new Limits(512, 1 << 20, 32 << 20);
    }

    /** Takes a batch; the list is reused afterwards. */
    interface Target {
        void write(Key key, List<RawRecord> batch);
    }

    private static final class Batch {
        private final List<RawRecord> records = new ArrayList<>();
        private long bytes;
    }

    private final Limits limits;
    private final Target target;
    private final Map<Key, Batch> batches = new LinkedHashMap<>();
    private long bytesInAll;

    Batches(Limits limits, Target target) {
        this.limits = limits;
        this.target = target;
    }

    void add(Key key, RawRecord record) {
        Batch batch = batches.computeIfAbsent(key, missing -> new Batch());
        long bytes = size(record.key()) + size(record.value());
        batch.records.add(record);
        batch.bytes += bytes;
        bytesInAll += bytes;
        if (batch.records.size() >= limits.records() || batch.bytes >= limits.bytes()) {
            write(key, batch);
        } else if (bytesInAll >= limits.bytesInAll()) {
            flush();
        }
    }

    /** Hands over everything, and forgets tables and schemas that nothing comes for. */
    void flush() {
        batches.forEach(this::write);
        batches.clear();
    }

    private void write(Key key, Batch batch) {
        if (!batch.records.isEmpty()) {
            target.write(key, batch.records);
            bytesInAll -= batch.bytes;
            batch.records.clear();
            batch.bytes = 0;
        }
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}

package dev.firn.flink.write;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait to be decoded together. A table with few records waits until the barrier, for its file to be written in
 * one go, as long as all that waits stays within bounds.
 */
final class Batches {

    /**
     * What records must share to be one batch.
     *
     * @param deletes whether they have no value, and delete rows
     */
    record Key(FormatReader format, TableName table, int schemaId, boolean deletes) {

        static Key ofRows(FormatReader format, TableName table, int schemaId) {
            return new Key(format, table, schemaId, false);
        }

        static Key ofDeletes(FormatReader keys, TableName table) {
            return new Key(keys, table, RawRecord.NO_SCHEMA_ID, true);
        }
    }

    /**
     * When batches are handed over.
     *
     * @param bytesOfSmall of a batch whose table has got nothing else since the barrier
     * @param records in one batch of a table that has
     * @param bytes in one batch of a table that has
     * @param bytesInAll in all batches; beyond it the largest go
     */
    record Limits(long bytesOfSmall, int records, long bytes, long bytesInAll) {

        /** Large enough to spread the cost of a batch, small enough that one of 1 KiB records stays in a cache. */
        private static final int RECORDS = 512;

        static Limits within(long bytesInAll) {
            return new Limits(1 << 20, RECORDS, 1 << 20, bytesInAll);
        }
    }

    /** Takes what waited. */
    interface Target {

        /** Takes a batch; the list is reused afterwards. */
        void write(Key key, List<RawRecord> batch);

        /** Hears that nothing more comes for a table before the barrier. */
        void complete(TableName table);
    }

    private static final class Batch {
        private final List<RawRecord> records = new ArrayList<>();
        private long bytes;
    }

    /** What a record takes besides its bytes: itself, two arrays, a place in a list. */
    private static final int RECORD_OVERHEAD = 160;

    private final Limits limits;
    private final Target target;
    private final Map<Key, Batch> batches = new LinkedHashMap<>();
    private final Set<TableName> large = new HashSet<>();
    private final Predicate<TableName> inOrder;

    /** Of tables whose records keep their order, where the last one of each split waits. */
    private final Map<TableName, Map<Split, Key>> last = new HashMap<>();

    private long bytesInAll;

    /** @param inOrder tables for which the records of a split are handed over as they come, whatever their schemas */
    Batches(Limits limits, Predicate<TableName> inOrder, Target target) {
        this.limits = limits;
        this.inOrder = inOrder;
        this.target = target;
    }

    void add(Key key, RawRecord record) {
        if (inOrder.test(key.table())) {
            letThrough(key, record.split());
        }
        Batch batch = batches.computeIfAbsent(key, missing -> new Batch());
        long bytes = size(record.key()) + size(record.value()) + RECORD_OVERHEAD;
        batch.records.add(record);
        batch.bytes += bytes;
        bytesInAll += bytes;
        if (isFull(key.table(), batch)) {
            write(key, batch);
        } else if (bytesInAll >= limits.bytesInAll()) {
            writeLargest();
        }
    }

    /** Hands over what waits of a split in front of a record that is to be in another batch. */
    private void letThrough(Key key, Split split) {
        Key before = last.computeIfAbsent(key.table(), first -> new HashMap<>()).put(split, key);
        if (before != null && !before.equals(key)) {
            Batch waiting = batches.get(before);
            if (waiting != null) {
                write(before, waiting);
            }
        }
    }

    /** Hands over everything, table by table, and forgets tables and schemas that nothing comes for. */
    void flush() {
        Map<TableName, List<Key>> tables = new LinkedHashMap<>();
        batches.keySet().forEach(key -> tables.computeIfAbsent(key.table(), table -> new ArrayList<>())
                .add(key));
        tables.forEach((table, keys) -> {
            for (Key key : keys) {
                write(key, batches.getOrDefault(key, new Batch()));
            }
            target.complete(table);
        });
        batches.clear();
        last.clear();
        large.clear();
    }

    private boolean isFull(TableName table, Batch batch) {
        return large.contains(table)
                ? batch.records.size() >= limits.records() || batch.bytes >= limits.bytes()
                : batch.bytes >= limits.bytesOfSmall();
    }

    private void writeLargest() {
        batches.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().bytes))
                .ifPresent(entry -> write(entry.getKey(), entry.getValue()));
    }

    private void write(Key key, Batch batch) {
        if (!batch.records.isEmpty()) {
            large.add(key.table());
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

package dev.firn.spi.inspection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What a table is, now or as of another snapshot.
 *
 * @param shown the snapshot that counts, columns and files are of; empty where there is none
 * @param columns nested ones behind those that they are in
 * @param partitioning empty where it is not partitioned
 * @param sorting empty where files are not sorted
 * @param snapshots newest first; this list and those behind it are empty where they were not asked for
 * @param notes why something that was asked for is not there, a sentence each
 */
public record TableDetails(
        TableFacts facts,
        String location,
        int formatVersion,
        String uuid,
        OptionalLong shown,
        Counts counts,
        List<Column> columns,
        List<PartitionField> partitioning,
        List<SortField> sorting,
        List<Commit> snapshots,
        List<File> files,
        List<Partition> partitions,
        List<Manifest> manifests,
        List<Ref> refs,
        SortedMap<String, String> properties,
        List<String> notes) {

    /**
     * A column.
     *
     * @param path {@code customer.email} for one in a struct, {@code tags.element} for what a list has
     * @param isRequired whether no value may be missing
     */
    public record Column(int id, String path, String type, boolean isRequired, String comment) {}

    /** @param transform in Iceberg's words, such as {@code day} or {@code bucket[16]} */
    public record PartitionField(int id, String name, String column, String transform) {}

    public record SortField(String column, String transform, String direction, String nulls) {}

    /**
     * A snapshot.
     *
     * @param writer of it, where Firn wrote it
     * @param progress what its epochs have read, where their ledger can be asked
     */
    public record Commit(
            long id,
            OptionalLong parent,
            Instant at,
            String operation,
            long rowsAdded,
            long rowsDeleted,
            long filesAdded,
            long filesDeleted,
            boolean isOnMain,
            Optional<Writer> writer,
            Optional<Progress> progress) {}

    /**
     * Whose epochs a snapshot has.
     *
     * @param part of an epoch that came in several commits, such as {@code 1 of 3}; the last of them has none, and the progress of all
     */
    public record Writer(
            String pipeline,
            long run,
            long firstEpoch,
            long lastEpoch,
            Optional<String> part,
            OptionalLong rewoundTo) {}

    /**
     * What the ledger says of epochs.
     *
     * @param firstEpoch that these figures are of; before the snapshot's own where the ledger has added up old epochs
     * @param positions by split, sorted
     * @param read records that came from the source
     * @param toTable records that were sent to this table
     * @param outcomes what became of all records, by outcome and not by table, sorted
     */
    public record Progress(
            long firstEpoch,
            long lastEpoch,
            List<Range> positions,
            long read,
            long toTable,
            SortedMap<String, Long> outcomes) {

        public Progress {
            positions = List.copyOf(positions);
        }
    }

    /** Positions of a split in [{@code from}, {@code to}). */
    public record Range(String split, long from, long to, long read) {}

    /** @param content {@code data}, {@code position deletes} or {@code equality deletes} */
    public record File(
            String path, String content, String format, String partition, long rows, long bytes, long sequence) {}

    /** @param partition such as {@code placed_at_day=2026-01-03}; empty text where the table is not partitioned */
    public record Partition(String partition, Counts counts) {}

    public record Manifest(
            String path,
            String content,
            long bytes,
            int spec,
            long added,
            long existing,
            long deleted,
            long snapshot) {}

    /** @param type {@code branch} or {@code tag} */
    public record Ref(String name, String type, long snapshot, Optional<Instant> at) {}

    public TableDetails {
        columns = List.copyOf(columns);
        partitioning = List.copyOf(partitioning);
        sorting = List.copyOf(sorting);
        snapshots = List.copyOf(snapshots);
        files = List.copyOf(files);
        partitions = List.copyOf(partitions);
        manifests = List.copyOf(manifests);
        refs = List.copyOf(refs);
        notes = List.copyOf(notes);
    }
}

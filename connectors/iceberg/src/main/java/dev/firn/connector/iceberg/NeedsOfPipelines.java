package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * Asks ledgers what their pipelines need of a table: all that are in the catalog, because a table that was not committed to yet does
 * not name the one that has something for it.
 *
 * @param all tables of the catalog
 */
record NeedsOfPipelines(LakeTables tables, SortedSet<TableName> all) {

    /**
     * Files of an epoch may be closed long before the one in front of it is in the ledger: while the catalog fails, a job goes on
     * for as long as its file says, which is {@code hold}, 12 hours unless said.
     */
    private static final Duration AHEAD_OF_THE_LEDGER = Duration.ofDays(7);

    /** A ledger that was read, and what it has for the table. */
    private record Read(TableName name, String uuid, String pipeline, Instant lastWritten, List<StagedEpoch> staged) {}

    /** @throws PipelineNeeds.Unknown if a ledger can't be read, or is gone */
    PipelineNeeds of(TableName target) {
        Map<TableName, Read> ledgers = new HashMap<>();
        for (TableName ledger : all) {
            if (MaintainedLake.isNamedLikeALedger(ledger)) {
                read(ledger, target).ifPresent(read -> ledgers.put(ledger, read));
            }
        }
        Table table = tables.load(target);
        TableMetadata metadata = LakeTables.operations(table).current();
        Needs needs = new Needs(table);
        for (String property : metadata.properties().keySet()) {
            if (TableMarks.isMark(property)) {
                needs.addMark(property, metadata.properties().get(property), ledgers.values());
            }
        }
        ledgers.values().stream().filter(read -> !read.staged().isEmpty()).forEach(needs::addStaged);
        needs.addLastSnapshots(metadata);
        return needs.all();
    }

    private Optional<Read> read(TableName ledger, TableName target) {
        try {
            Table table = tables.load(ledger);
            TableMetadata metadata = LakeTables.operations(table).current();
            if (!metadata.properties().containsKey(LedgerTable.VERSION_PROPERTY)) {
                return Optional.empty();
            }
            LedgerMarks marks = LedgerMarks.of(metadata).readable(ledger);
            long after = Math.min(marks.settled(), LedgerDetachments.waitsBehind(metadata.properties()));
            List<StagedEpoch> staged =
                    marks.epoch() == 0 ? List.of() : new LedgerReader(table).staged(target, after, marks.epoch());
            return Optional.of(new Read(
                    ledger,
                    metadata.uuid(),
                    metadata.properties().getOrDefault(LedgerMarks.PIPELINE, ledger.full()),
                    lastEpoch(metadata),
                    staged));
        } catch (RuntimeException e) {
            throw new PipelineNeeds.Unknown("the ledger `" + ledger + "` can't be read: "
                    + tables.outside().words(e));
        }
    }

    /**
     * When the last epoch was written that its history still shows; else before all time, so that nothing goes. A run's claim, a table
     * that is detached and the ledger's own upkeep are snapshots too, and say nothing of what a savepoint may wait to write ahead.
     */
    private static Instant lastEpoch(TableMetadata metadata) {
        return metadata.snapshots().stream()
                .filter(snapshot -> DataOperations.APPEND.equals(snapshot.operation()))
                .filter(snapshot ->
                        !"0".equals(snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0")))
                .map(snapshot -> Instant.ofEpochMilli(snapshot.timestampMillis()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Gathers it. */
    private final class Needs {

        private final Table table;
        private final TreeSet<String> pipelines = new TreeSet<>();
        private final Set<Long> snapshots = new HashSet<>();
        private final Set<String> files = new HashSet<>();
        private final List<Instant> lastWritten = new ArrayList<>();
        private boolean waitsElsewhere;

        Needs(Table table) {
            this.table = table;
        }

        void addMark(String property, String text, Iterable<Read> ledgers) {
            EpochMark mark;
            try {
                mark = EpochMark.parse(text);
            } catch (NumberFormatException e) {
                throw new PipelineNeeds.Unknown(
                        "its property `" + property + "` is `" + text + "`, which Firn did not write: remove it");
            }
            String pipeline = TableMarks.pipelineOf(property);
            for (Read ledger : ledgers) {
                if (ledger.uuid().equals(mark.ledger().uuid())) {
                    pipelines.add(pipeline);
                    snapshots.add(mark.snapshot());
                    lastWritten.add(ledger.lastWritten());
                    return;
                }
            }
            throw new PipelineNeeds.Unknown("pipeline `" + pipeline + "` has written to it, and its ledger "
                    + (mark.ledger().table().isEmpty()
                            ? ""
                            : "`" + mark.ledger().table() + "` ")
                    + "is not in the catalog: if that pipeline is gone for good, remove the table's property `"
                    + property
                    + "`");
        }

        void addStaged(Read ledger) {
            pipelines.add(ledger.pipeline());
            lastWritten.add(ledger.lastWritten());
            for (StagedEpoch epoch : ledger.staged()) {
                if (RewindPointer.isIn(epoch)) {
                    RewindPointer back = RewindPointer.of(epoch);
                    snapshots.add(back.snapshot());
                    snapshots.add(back.head());
                } else {
                    epoch.files().stream()
                            .filter(staged -> staged.pointer().length > 0)
                            .flatMap(staged -> StagedManifest.all(staged).stream())
                            .forEach(manifest -> addManifest(ledger, manifest));
                }
            }
        }

        /** What it names is read, for no snapshot does; a manifest that is gone says nothing, and is told by whoever commits. */
        private void addManifest(Read ledger, ManifestFile manifest) {
            files.add(manifest.path());
            waitsElsewhere |= HoldingArea.isHeld(manifest.path());
            FileIO io = HoldingArea.isHeld(manifest.path())
                    ? HoldingArea.open(tables, ledger.name()).io()
                    : table.io();
            try {
                if (io.newInputFile(manifest.path()).exists()) {
                    files.addAll(ManifestContents.paths(manifest, io, table.specs()));
                }
            } catch (RuntimeException e) {
                throw new PipelineNeeds.Unknown("what is staged for it in `" + manifest.path() + "` can't be read: "
                        + tables.outside().words(e));
            }
        }

        /** The newest of each pipeline in the line of the table's head, as far as it is there; a mark may have been taken away. */
        void addLastSnapshots(TableMetadata metadata) {
            Set<String> seen = new HashSet<>();
            for (Snapshot at = metadata.currentSnapshot(); at != null; at = TableMarks.parent(metadata, at)) {
                String pipeline = at.summary() == null ? null : at.summary().get(TableMarks.PIPELINE);
                if (pipeline != null && pipelines.contains(pipeline) && seen.add(pipeline)) {
                    snapshots.add(at.snapshotId());
                }
            }
        }

        PipelineNeeds all() {
            return new PipelineNeeds(
                    new ArrayList<>(pipelines),
                    snapshots,
                    files,
                    lastWritten.stream()
                            .min(Instant::compareTo)
                            .map(oldest ->
                                    oldest.equals(Instant.EPOCH) ? Instant.EPOCH : oldest.minus(AHEAD_OF_THE_LEDGER)),
                    waitsElsewhere);
        }
    }
}

package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.connector.iceberg.PipelineCommit;
import dev.firn.spi.inspection.TableDetails.Commit;
import dev.firn.spi.inspection.TableDetails.Progress;
import dev.firn.spi.inspection.TableDetails.Writer;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.source.OutsideException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** A table's snapshots, and what the ledgers of the pipelines that made them say. */
record Commits(InspectedLake lake, TableName name, Table table) {

    /** Oldest first: a catalog may list snapshots in any order. */
    static final Comparator<Snapshot> BY_AGE =
            Comparator.comparingLong(Snapshot::sequenceNumber).thenComparing(Snapshot::timestampMillis);

    /**
     * Newest first.
     *
     * @param head from which the line of snapshots goes back that are marked as its own
     * @param notes told where a ledger can't be asked
     */
    List<Commit> all(Snapshot head, Consumer<String> notes) {
        List<Snapshot> snapshots = new ArrayList<>();
        table.snapshots().forEach(snapshots::add);
        snapshots.sort(BY_AGE);
        Map<Long, Progress> progress = progress(snapshots, notes);
        Set<Long> line = new HashSet<>(SnapshotUtil.ancestorIds(head, table::snapshot));
        List<Commit> commits = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            commits.add(commit(
                    snapshot,
                    line.contains(snapshot.snapshotId()),
                    Optional.ofNullable(progress.get(snapshot.snapshotId()))));
        }
        Collections.reverse(commits);
        return commits;
    }

    private static Commit commit(Snapshot snapshot, boolean isInLine, Optional<Progress> progress) {
        Long parent = snapshot.parentId();
        String operation = snapshot.operation();
        return new Commit(
                snapshot.snapshotId(),
                parent == null ? OptionalLong.empty() : OptionalLong.of(parent),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                operation == null ? "" : operation,
                figure(snapshot, SnapshotSummary.ADDED_RECORDS_PROP),
                figure(snapshot, SnapshotSummary.DELETED_RECORDS_PROP)
                        + figure(snapshot, SnapshotSummary.ADDED_POS_DELETES_PROP)
                        + figure(snapshot, SnapshotSummary.ADDED_EQ_DELETES_PROP),
                figure(snapshot, SnapshotSummary.ADDED_FILES_PROP)
                        + figure(snapshot, SnapshotSummary.ADDED_DELETE_FILES_PROP),
                figure(snapshot, SnapshotSummary.DELETED_FILES_PROP)
                        + figure(snapshot, SnapshotSummary.REMOVED_DELETE_FILES_PROP),
                isInLine,
                PipelineCommit.of(snapshot)
                        .map(by -> new Writer(
                                by.pipeline(), by.run(), by.firstEpoch(), by.lastEpoch(), by.part(), by.rewoundTo())),
                progress);
    }

    /** A figure of the summary; 0 where it has none. */
    static long figure(Snapshot snapshot, String property) {
        Map<String, String> summary = snapshot.summary();
        try {
            return summary == null ? 0 : Long.parseLong(summary.getOrDefault(property, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Map<Long, Progress> progress(List<Snapshot> snapshots, Consumer<String> notes) {
        Map<String, List<EpochSum>> asked = new TreeMap<>();
        Map<String, Integer> others = new TreeMap<>();
        Map<String, OtherPipeline> pipelines = new HashMap<>();
        InspectedLake.pipelines(name, table).forEach(pipeline -> pipelines.put(pipeline.name(), pipeline));
        for (Snapshot snapshot : snapshots) {
            // Of an epoch that has come in parts, the last one tells.
            PipelineCommit.of(snapshot).filter(by -> by.part().isEmpty()).ifPresent(by -> {
                OtherPipeline pipeline = pipelines.get(by.pipeline());
                if (pipeline != null && by.ledger().equals(pipeline.ledgerIncarnation())) {
                    asked.computeIfAbsent(by.pipeline(), same -> new ArrayList<>())
                            .add(new EpochSum(name, snapshot.snapshotId(), by));
                } else {
                    others.merge(by.pipeline(), 1, Integer::sum);
                }
            });
        }
        Map<Long, Progress> found = new HashMap<>();
        asked.forEach((pipeline, sums) -> pipelines.computeIfPresent(pipeline, (same, known) -> {
            ask(known, sums, found, notes);
            return known;
        }));
        others.forEach((pipeline, count) -> notes.accept(String.format(
                "what pipeline `%s` has read for %s is not known: the table does not name the ledger any more that they were"
                        + " written with",
                pipeline, count == 1 ? "a snapshot" : String.format("%,d snapshots", count))));
        return found;
    }

    private void ask(OtherPipeline pipeline, List<EpochSum> sums, Map<Long, Progress> found, Consumer<String> notes) {
        long first = sums.stream().mapToLong(EpochSum::firstEpoch).min().orElseThrow();
        NavigableMap<Long, List<EpochSum>> byLastEpoch = new TreeMap<>();
        sums.forEach(sum -> byLastEpoch
                .computeIfAbsent(sum.lastEpoch(), last -> new ArrayList<>())
                .add(sum));
        try {
            lake.epochs(pipeline, first, epoch -> {
                for (List<EpochSum> some :
                        byLastEpoch.tailMap(epoch.first(), true).values()) {
                    // Snapshots of a pipeline have its epochs in their order, none of them twice.
                    if (some.stream().noneMatch(sum -> sum.add(epoch))) {
                        break;
                    }
                }
            });
        } catch (OutsideException e) {
            notes.accept("what pipeline `" + pipeline.name() + "` has read for its snapshots is not known: "
                    + e.getMessage());
            return;
        }
        sums.forEach(sum -> sum.progress().ifPresent(said -> found.put(sum.snapshot(), said)));
        if (sums.stream().anyMatch(sum -> sum.progress().isEmpty())) {
            notes.accept("the ledger of pipeline `" + pipeline.name() + "` does not have the epochs of some snapshots");
        }
    }
}

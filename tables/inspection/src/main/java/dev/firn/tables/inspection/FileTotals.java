package dev.firn.tables.inspection;

import dev.firn.tables.inspection.DataFileCheck.Noted;
import dev.firn.tables.inspection.Findings.Fault;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

/** Holds how many files each snapshot says that it has against how many its manifests have. */
final class FileTotals {

    private final List<Snapshot> snapshots;
    private final long[] dataFiles;
    private final long[] deleteFiles;
    private final BitSet unknown = new BitSet();
    private int uncounted;

    FileTotals(List<Snapshot> snapshots) {
        this.snapshots = snapshots;
        this.dataFiles = new long[snapshots.size()];
        this.deleteFiles = new long[snapshots.size()];
    }

    /** Of these, not all manifests could be read. */
    void unknown(SnapshotRuns places) {
        places.places().forEach(unknown::set);
    }

    void add(SnapshotRuns places, List<Noted> files) {
        long data = files.stream()
                .filter(file -> file.content() == FileContent.DATA)
                .count();
        places.places().forEach(place -> {
            dataFiles[place] += data;
            deleteFiles[place] += files.size() - data;
        });
    }

    /** How many don't say it; known when they were judged. */
    int uncounted() {
        return uncounted;
    }

    /** A manifest list says nothing of its own length: one that has lost its end may still be read. */
    void judge(Findings findings) {
        for (int place = 0; place < snapshots.size(); place++) {
            if (!unknown.get(place)
                    && figure(snapshots.get(place), SnapshotSummary.TOTAL_DATA_FILES_PROP)
                            .isEmpty()) {
                uncounted++;
            }
        }
        judge(findings, "data", dataFiles, SnapshotSummary.TOTAL_DATA_FILES_PROP);
        judge(findings, "delete", deleteFiles, SnapshotSummary.TOTAL_DELETE_FILES_PROP);
    }

    /**
     * Who counts from the snapshot before inherits what is wrong with its count: a list that has lost its end is the one of a single
     * snapshot, and never says too few.
     */
    private void judge(Findings findings, String what, long[] found, String property) {
        Map<Long, Long> missing = new HashMap<>();
        Map<Long, Long> missingAfter = new HashMap<>();
        for (int place = 0; place < snapshots.size(); place++) {
            Snapshot snapshot = snapshots.get(place);
            OptionalLong said = unknown.get(place) ? OptionalLong.empty() : figure(snapshot, property);
            if (said.isPresent()) {
                long less = said.getAsLong() - found[place];
                missing.put(snapshot.snapshotId(), less);
                Long parent = snapshot.parentId();
                if (parent != null) {
                    missingAfter.put(parent, less);
                }
            }
        }
        for (int place = 0; place < snapshots.size(); place++) {
            Snapshot snapshot = snapshots.get(place);
            Long less = missing.get(snapshot.snapshotId());
            Long parent = snapshot.parentId();
            if (less != null
                    && less > 0
                    && !less.equals(parent == null ? null : missing.get(parent))
                    && !less.equals(missingAfter.get(snapshot.snapshotId()))) {
                findings.add(
                        String.valueOf(snapshot.manifestListLocation()),
                        new Fault(
                                "wrong-file-count",
                                String.format(
                                        "its manifests have %,d %s files, and the snapshot says %,d",
                                        found[place], what, found[place] + less),
                                "the manifest list has lost some of its end, or whoever wrote the snapshot has counted"
                                        + " wrong: in the first case its queries read too few rows"),
                        SnapshotRuns.of(place));
            }
        }
    }

    private static OptionalLong figure(Snapshot snapshot, String property) {
        Map<String, String> summary = snapshot.summary();
        String figure = summary == null ? null : summary.get(property);
        return figure != null && figure.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(figure))
                : OptionalLong.empty();
    }
}

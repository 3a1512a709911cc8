package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.TableFacts;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.OtherPipeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/** Says what a table is in a line, by the summary of its snapshot; manifests are read only where that does not add up. */
record Facts(TableName name, Table table) {

    private static final List<String> TOTALS = List.of(
            SnapshotSummary.TOTAL_RECORDS_PROP,
            SnapshotSummary.TOTAL_DATA_FILES_PROP,
            SnapshotSummary.TOTAL_DELETE_FILES_PROP,
            SnapshotSummary.TOTAL_FILE_SIZE_PROP);

    TableFacts of() {
        Snapshot now = table.currentSnapshot();
        if (now == null) {
            return facts(0, 0, 0, 0);
        }
        Map<String, String> summary = now.summary();
        if (summary == null || !summary.keySet().containsAll(TOTALS)) {
            Counts counts = counts(now);
            return facts(counts.rows(), counts.dataFiles(), counts.deleteFiles(), counts.bytes());
        }
        return facts(
                Commits.figure(now, SnapshotSummary.TOTAL_RECORDS_PROP),
                Commits.figure(now, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                Commits.figure(now, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                Commits.figure(now, SnapshotSummary.TOTAL_FILE_SIZE_PROP));
    }

    /** By what the snapshot says itself, which does not tell delete files apart. */
    static Counts said(Snapshot snapshot) {
        return new Counts(
                Commits.figure(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP),
                Commits.figure(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                Commits.figure(snapshot, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
                Commits.figure(snapshot, SnapshotSummary.TOTAL_DELETE_FILES_PROP),
                0,
                Commits.figure(snapshot, SnapshotSummary.TOTAL_POS_DELETES_PROP)
                        + Commits.figure(snapshot, SnapshotSummary.TOTAL_EQ_DELETES_PROP),
                0);
    }

    /** By what the manifests say. */
    Counts counts(Snapshot snapshot) {
        CountsSum sum = new CountsSum();
        LiveFiles.of(table).each(snapshot, file -> sum.add(LiveFiles.counts(file)));
        return sum.counts();
    }

    private TableFacts facts(long rows, long dataFiles, long deleteFiles, long bytes) {
        Snapshot now = table.currentSnapshot();
        int snapshots = 0;
        for (Snapshot each : table.snapshots()) {
            snapshots += each == null ? 0 : 1;
        }
        return new TableFacts(
                name,
                rows,
                dataFiles,
                deleteFiles,
                bytes,
                snapshots,
                Optional.ofNullable(now).map(Snapshot::timestampMillis).map(Instant::ofEpochMilli),
                InspectedLake.pipelines(name, table).stream()
                        .map(OtherPipeline::name)
                        .toList());
    }
}

package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.inspection.Counts;
import dev.firn.spi.inspection.HealthRule;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Bucket;
import dev.firn.spi.inspection.TableHealth.Mend;
import dev.firn.spi.inspection.TableHealth.Reason;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/** Measures a table against the rules, by what its metadata and its manifests say. */
final class HealthCheck {

    /** As many small files in a partition as a compaction begins with. */
    static final int ENOUGH_TO_PACK = 5;

    /** What {@link Mend#EXPIRE} leaves. */
    private static final Duration EXPIRES = Duration.ofDays(1);

    private static final double SMALL = 0.75;
    private static final long MOST_WITHOUT_CONCERN = 10;
    private static final long DELETED_WITHOUT_CONCERN = 10_000;
    private static final long SMALL_MANIFEST = 1L << 20;
    private static final int PARTITIONS_TO_COMPARE = 4;
    private static final long SMALL_PARTITION = 1L << 30;

    /** Upper ends of the histogram's buckets, in MiB; the last has none. */
    private static final List<Long> BOUNDS = List.of(1L, 8L, 32L, 128L, 512L);

    private final TableName name;
    private final Table table;
    private final Instant now;
    private final long target;
    private final CountsSum counts = new CountsSum();
    private final Map<String, PartitionFiles> partitions = new HashMap<>();
    private final long[] bucketFiles = new long[BOUNDS.size() + 1];
    private final long[] bucketBytes = new long[BOUNDS.size() + 1];
    private final List<Reason> reasons = new ArrayList<>();

    /** @param now the moment that ages of snapshots are counted to */
    HealthCheck(TableName name, Table table, Instant now) {
        this.name = name;
        this.table = table;
        this.now = now;
        this.target = PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    }

    TableHealth run() {
        Snapshot current = table.currentSnapshot();
        if (current != null) {
            LiveFiles live = LiveFiles.of(table);
            live.each(current, file -> add(live, file));
            if (!MaintainedLake.isNamedLikeALedger(name)) {
                judge(current);
            }
        }
        reasons.sort(Comparator.comparingInt(Reason::points).reversed().thenComparing(Reason::word));
        int lost = reasons.stream().mapToInt(Reason::points).sum();
        return new TableHealth(name, counts.counts(), Math.max(0, 100 - lost), reasons, histogram());
    }

    private void judge(Snapshot current) {
        files();
        deletes();
        snapshots();
        manifests(current.allManifests(table.io()));
        skew();
        statistics(current);
    }

    private void add(LiveFiles live, ContentFile<?> file) {
        counts.add(LiveFiles.counts(file));
        if (file.content() == FileContent.DATA) {
            long bytes = file.fileSizeInBytes();
            partitions
                    .computeIfAbsent(live.partition(file), partition -> new PartitionFiles())
                    .add(bytes, bytes < SMALL * target);
            int bucket = 0;
            while (bucket < BOUNDS.size() && bytes >= BOUNDS.get(bucket) << 20) {
                bucket++;
            }
            bucketFiles[bucket]++;
            bucketBytes[bucket] += bytes;
        }
    }

    private void files() {
        long superfluous = partitions.values().stream()
                .mapToLong(partition -> partition.superfluous(target))
                .sum();
        long all = counts.counts().dataFiles();
        if (target > 0 && superfluous >= MOST_WITHOUT_CONCERN) {
            judge(
                    HealthRule.SMALL_FILES,
                    (double) superfluous / all,
                    String.format(
                            "%,d data files could be %,d: they are much smaller than the %,d MiB that they should have",
                            all, all - superfluous, target >> 20));
        }
    }

    private void deletes() {
        Counts all = counts.counts();
        if (all.deleteFiles() >= MOST_WITHOUT_CONCERN) {
            judge(
                    HealthRule.DELETE_FILES,
                    (double) all.deleteFiles() / Math.max(1, all.dataFiles()),
                    String.format(
                            "%,d delete files (%,d by position, %,d by values) stand beside %,d data files, and are read with them",
                            all.deleteFiles(), all.positionDeletes(), all.equalityDeletes(), all.dataFiles()));
        }
        if (all.deletedRows() >= DELETED_WITHOUT_CONCERN) {
            judge(
                    HealthRule.DELETED_ROWS,
                    (double) all.deletedRows() / Math.max(1, all.rows()),
                    String.format(
                            "up to %,d of %,d rows in data files are deleted, and still read",
                            Math.min(all.deletedRows(), all.rows()), all.rows()));
        }
    }

    private void snapshots() {
        long limit = now.minus(EXPIRES).toEpochMilli();
        long snapshots = 0;
        long old = 0;
        for (Snapshot snapshot : table.snapshots()) {
            snapshots++;
            old += snapshot.timestampMillis() < limit ? 1 : 0;
        }
        judge(
                HealthRule.SNAPSHOTS,
                (double) snapshots,
                String.format(
                                "%,d snapshots are kept, and their files: each commit writes the list of all of them anew; ",
                                snapshots)
                        + (old == 0
                                ? "none is older than a day, so that commits come very often"
                                : String.format("%,d are older than a day", old)),
                old == 0 ? Optional.empty() : HealthRule.SNAPSHOTS.mend());
    }

    private void manifests(List<ManifestFile> manifests) {
        long bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
        if (!manifests.isEmpty() && bytes / manifests.size() < SMALL_MANIFEST) {
            judge(
                    HealthRule.MANIFESTS,
                    manifests.size(),
                    String.format(
                            "%,d manifests have %,d KiB each, and every query reads them",
                            manifests.size(), (bytes / manifests.size()) >> 10));
        }
    }

    private void skew() {
        List<Long> sizes =
                partitions.values().stream().map(PartitionFiles::bytes).sorted().toList();
        if (sizes.size() >= PARTITIONS_TO_COMPARE && sizes.get(sizes.size() - 1) >= SMALL_PARTITION) {
            long median = Math.max(1, sizes.get(sizes.size() / 2));
            long largest = sizes.get(sizes.size() - 1);
            judge(
                    HealthRule.SKEW,
                    (double) largest / median,
                    String.format(
                            Locale.ROOT,
                            "the largest of %,d partitions has %,.0f times the bytes of the median one",
                            sizes.size(),
                            (double) largest / median));
        }
    }

    private void statistics(Snapshot current) {
        Optional<StatisticsFile> newest = table.statisticsFiles().stream()
                .filter(file -> table.snapshot(file.snapshotId()) != null)
                .max(Comparator.comparingLong(
                        file -> table.snapshot(file.snapshotId()).timestampMillis()));
        newest.ifPresent(file -> {
            long then = Commits.figure(table.snapshot(file.snapshotId()), SnapshotSummary.TOTAL_RECORDS_PROP);
            long rows = Commits.figure(current, SnapshotSummary.TOTAL_RECORDS_PROP);
            judge(
                    HealthRule.STALE_STATISTICS,
                    rows <= then ? 0 : (double) (rows - then) / rows,
                    String.format("%,d of %,d rows have come since statistics were made", rows - then, rows));
        });
    }

    private void judge(HealthRule rule, double value, String sentence) {
        judge(rule, value, sentence, rule.mend());
    }

    private void judge(HealthRule rule, double value, String sentence, Optional<Mend> mend) {
        int points = rule.points(value);
        if (points > 0) {
            reasons.add(new Reason(rule.word(), points, sentence, mend));
        }
    }

    private List<Bucket> histogram() {
        List<Bucket> histogram = new ArrayList<>();
        for (int i = 0; i < bucketFiles.length; i++) {
            histogram.add(new Bucket(
                    i == 0 ? 0 : BOUNDS.get(i - 1) << 20,
                    i == BOUNDS.size() ? Long.MAX_VALUE : BOUNDS.get(i) << 20,
                    bucketFiles[i],
                    bucketBytes[i]));
        }
        return histogram;
    }
}

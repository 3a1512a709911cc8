package dev.firn.tables.maintenance;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** Files that only snapshots needed which have gone: their data, manifests and lists of manifests, and statistics. */
final class UnneededFiles {

    private final Map<String, Long> contents = new ConcurrentHashMap<>();
    private final Map<String, Long> manifests = new LinkedHashMap<>();
    private final Set<String> lists = new HashSet<>();

    private UnneededFiles() {}

    /**
     * Reads what both need. If anything of what stays can't be read, nothing is known to be unneeded.
     *
     * @param table to read with
     * @param before with the snapshots that go
     * @param after without
     */
    static UnneededFiles of(Table table, TableMetadata before, TableMetadata after) {
        UnneededFiles files = new UnneededFiles();
        Set<Long> stay = new HashSet<>();
        after.snapshots().forEach(snapshot -> stay.add(snapshot.snapshotId()));
        Map<String, ManifestFile> needed = manifests(table, after.snapshots());
        List<Snapshot> expired = before.snapshots().stream()
                .filter(snapshot -> !stay.contains(snapshot.snapshotId()))
                .toList();
        Map<String, ManifestFile> gone = manifests(table, expired);
        gone.keySet().removeAll(needed.keySet());
        expired.stream()
                .map(Snapshot::manifestListLocation)
                .filter(list -> list != null)
                .forEach(files.lists::add);
        before.statisticsFiles().stream().map(StatisticsFile::path).forEach(files.lists::add);
        before.partitionStatisticsFiles().stream()
                .map(PartitionStatisticsFile::path)
                .forEach(files.lists::add);
        after.statisticsFiles().stream().map(StatisticsFile::path).forEach(files.lists::remove);
        after.partitionStatisticsFiles().stream()
                .map(PartitionStatisticsFile::path)
                .forEach(files.lists::remove);
        ManifestPaths paths = new ManifestPaths(table.io(), before.specsById());
        gone.values().forEach(manifest -> files.manifests.put(manifest.path(), manifest.length()));
        SideBySide.ask(gone.values(), manifest -> {
            paths.each(manifest, files.contents::put);
            return manifest;
        });
        if (!files.contents.isEmpty()) {
            SideBySide.ask(needed.values(), manifest -> {
                paths.each(manifest, (path, bytes) -> files.contents.remove(path));
                return manifest;
            });
        }
        return files;
    }

    private static Map<String, ManifestFile> manifests(Table table, List<Snapshot> snapshots) {
        Map<String, ManifestFile> manifests = new LinkedHashMap<>();
        SideBySide.ask(snapshots, snapshot -> snapshot.allManifests(table.io()))
                .forEach(all -> all.forEach(manifest -> manifests.put(manifest.path(), manifest)));
        return manifests;
    }

    /** Files that somebody needs whom the table does not know. */
    void leave(Collection<String> needed) {
        contents.keySet().removeAll(needed);
        manifests.keySet().removeAll(needed);
    }

    long count() {
        return (long) contents.size() + manifests.size() + lists.size();
    }

    /** Without lists of manifests, whose sizes nobody knows. */
    long bytes() {
        return contents.values().stream().mapToLong(Long::longValue).sum()
                + manifests.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * What names others goes behind them; what can't be deleted is left for whoever removes orphans.
     *
     * @return how many that were
     */
    long delete(Table table) {
        Deletion deletion = new Deletion(table);
        return deletion.run(contents.keySet()) + deletion.run(manifests.keySet()) + deletion.run(lists);
    }
}

package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.connector.iceberg.PipelineNeeds;
import dev.firn.spi.maintenance.TableUpkeep;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileInfo;

/**
 * Removes files below a table's location that nothing knows: no snapshot, no ledger. A file is known by its name alone, whatever folder,
 * bucket or scheme the one and the other spell: names of data files are unique, and where they are not, a file too many stays.
 *
 * @param others where the other tables of the catalog are
 */
record OrphanFiles(MaintainedLake lake, TableName table, TableLocations others) {

    /** Metadata files stay: they are small, and what a table that was damaged is mended with. */
    private static final List<String> ENDINGS = List.of(".parquet", ".avro", ".orc", ".puffin", ".stats");

    /**
     * Finds them. Files are listed first, then ledgers are asked, then the table: whatever goes from the one to the next meanwhile is seen
     * in one of them.
     *
     * @param before only files that are older
     * @throws Refused if they can't be told
     */
    List<FileInfo> find(Instant before, Consumer<String> notes) {
        Table listed = lake.load(table);
        List<FileInfo> candidates = new ArrayList<>();
        for (FileInfo file : others.below(table, listed)) {
            if (file.createdAtMillis() < before.toEpochMilli() && isOurs(listed.location(), file.location())) {
                candidates.add(file);
            }
        }
        PipelineNeeds needs = lake.needs(table);
        if (needs.waitsElsewhere()) {
            throw new Refused(
                    "rows wait beside the ledger until its location can be written to, and are copied there then");
        }
        Set<String> known = ConcurrentHashMap.newKeySet();
        needs.files().forEach(path -> known.add(name(path)));
        addKnown(lake.load(table), known);
        List<FileInfo> orphans = new ArrayList<>();
        int young = 0;
        for (FileInfo file : candidates) {
            if (!known.contains(name(file.location()))) {
                if (needs.filesSince()
                        .filter(since -> file.createdAtMillis() >= since.toEpochMilli())
                        .isPresent()) {
                    young++;
                } else {
                    orphans.add(file);
                }
            }
        }
        if (young > 0) {
            notes.accept(young + (young == 1 ? " file stays" : " files stay") + ": one of the pipelines "
                    + String.join(", ", needs.pipelines())
                    + " has committed nothing since they were written, and may go on with them from a savepoint");
        }
        return orphans;
    }

    static TableUpkeep.Orphans sum(List<FileInfo> orphans) {
        return new TableUpkeep.Orphans(
                orphans.size(), orphans.stream().mapToLong(FileInfo::size).sum());
    }

    /** Answers how many could not be deleted. */
    long delete(List<FileInfo> orphans) {
        return new Deletion(lake.load(table))
                .run(orphans.stream().map(FileInfo::location).toList());
    }

    /** As most cleaners see it: what is below a folder with a dot or an underscore before its name is somebody's own. */
    private static boolean isOurs(String location, String file) {
        String below = TableLocations.path(file)
                .substring(TableLocations.path(location).length());
        for (String part : below.split("/", -1)) {
            if ((part.startsWith(".") || part.startsWith("_")) && !part.contains("=")) {
                return false;
            }
        }
        return ENDINGS.stream().anyMatch(below::endsWith);
    }

    private static void addKnown(Table table, Set<String> known) {
        TableMetadata metadata = TableLock.metadata(table);
        List<Snapshot> snapshots = metadata.snapshots();
        snapshots.stream()
                .map(Snapshot::manifestListLocation)
                .filter(list -> list != null)
                .forEach(list -> known.add(name(list)));
        Map<String, ManifestFile> manifests = new HashMap<>();
        SideBySide.ask(snapshots, snapshot -> snapshot.allManifests(table.io()))
                .forEach(all -> all.forEach(manifest -> manifests.put(manifest.path(), manifest)));
        manifests.keySet().forEach(path -> known.add(name(path)));
        ManifestPaths paths = new ManifestPaths(table.io(), table.specs());
        SideBySide.ask(manifests.values(), manifest -> {
            paths.each(manifest, (path, bytes) -> known.add(name(path)));
            return manifest;
        });
        metadata.statisticsFiles().stream().map(StatisticsFile::path).forEach(path -> known.add(name(path)));
        metadata.partitionStatisticsFiles().stream()
                .map(PartitionStatisticsFile::path)
                .forEach(path -> known.add(name(path)));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

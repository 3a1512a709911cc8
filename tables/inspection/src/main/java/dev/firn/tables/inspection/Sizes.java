package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.TableSize;
import dev.firn.spi.inspection.TableSize.Kind;
import dev.firn.spi.inspection.TableSize.Share;
import dev.firn.spi.schema.TableName;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** Finds where a table's bytes are; each file counts once, where it counts most. */
final class Sizes {

    private final TableName name;
    private final Table table;
    private final Map<Kind, Share> shares = new EnumMap<>(Kind.class);
    private final Set<String> counted = new HashSet<>();

    Sizes(TableName name, Table table) {
        this.name = name;
        this.table = table;
        for (Kind kind : Kind.values()) {
            shares.put(kind, new Share(kind, 0, 0));
        }
    }

    TableSize of() {
        LiveFiles live = LiveFiles.of(table);
        Snapshot now = table.currentSnapshot();
        if (now != null) {
            live.each(
                    now,
                    file -> add(
                            file.content() == FileContent.DATA ? Kind.DATA : Kind.DELETES,
                            file.path().toString(),
                            file.fileSizeInBytes()));
        }
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : live.manifests(snapshot)) {
                if (add(Kind.MANIFESTS, manifest.path(), manifest.length()) && !snapshot.equals(now)) {
                    live.each(manifest, file -> add(Kind.HISTORY, file.path().toString(), file.fileSizeInBytes()));
                }
            }
            String list = snapshot.manifestListLocation();
            if (list != null) {
                addWhole(Kind.MANIFEST_LISTS, list);
            }
        }
        metadata();
        table.statisticsFiles().forEach(this::add);
        return new TableSize(name, shares.values().stream().toList());
    }

    private void metadata() {
        TableMetadata metadata = InspectedLake.metadata(table);
        addWhole(Kind.METADATA, metadata.metadataFileLocation());
        metadata.previousFiles().forEach(before -> addWhole(Kind.METADATA, before.file()));
    }

    private void add(StatisticsFile file) {
        add(Kind.STATISTICS, file.path(), file.fileSizeInBytes());
    }

    /** One that nobody has noted the length of; where it is gone it takes no place. */
    private void addWhole(Kind kind, String path) {
        if (!counted.contains(path)) {
            Storage.length(table.io().newInputFile(path)).ifPresent(length -> add(kind, path, length));
        }
    }

    private boolean add(Kind kind, String path, long bytes) {
        if (!counted.add(path)) {
            return false;
        }
        shares.computeIfPresent(kind, (same, share) -> new Share(kind, share.files() + 1, share.bytes() + bytes));
        return true;
    }
}

package dev.firn.tables.maintenance;

import dev.firn.spi.maintenance.TableUpkeep;
import java.util.concurrent.atomic.LongAdder;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Adds up what a table's head has, from its manifests. */
final class FileSizes {

    private FileSizes() {}

    static TableUpkeep.Size of(Table table) {
        Snapshot head = table.currentSnapshot();
        LongAdder dataFiles = new LongAdder();
        LongAdder bytes = new LongAdder();
        LongAdder deleteFiles = new LongAdder();
        if (head != null) {
            ManifestPaths paths = new ManifestPaths(table.io(), table.specs());
            for (ManifestFile manifest : head.dataManifests(table.io())) {
                paths.each(manifest, (path, size) -> {
                    dataFiles.increment();
                    bytes.add(size);
                });
            }
            for (ManifestFile manifest : head.deleteManifests(table.io())) {
                paths.each(manifest, (path, size) -> deleteFiles.increment());
            }
        }
        return new TableUpkeep.Size(dataFiles.sum(), bytes.sum(), deleteFiles.sum());
    }
}

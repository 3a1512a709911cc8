package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.StagedEpoch;
import java.util.List;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** Whether what is staged for a table, and not yet in it, is still there: no snapshot names it, so cleaners may have deleted it. */
record StagedCheck(LakeTables tables, TableMarks marks, TableName ledger) {

    /** @throws CommitRefused if a file is gone */
    void require(List<StagedEpoch> epochs) {
        Table table = tables.loadAgain(marks.table());
        TableMetadata metadata = LakeTables.operations(table).current();
        long present = marks.lastEpoch(metadata);
        List<StagedEpoch> missing = new Strandings(marks, metadata)
                .leaveOut(epochs.stream()
                        .filter(epoch -> epoch.changesRows() && epoch.epoch() > present)
                        .toList());
        for (StagedEpoch epoch : missing) {
            for (StagedFiles files : epoch.files()) {
                if (files.changeRows()) {
                    StagedManifest.all(files).forEach(manifest -> require(table, epoch.epoch(), manifest));
                }
            }
        }
    }

    private void require(Table table, long epoch, ManifestFile manifest) {
        requireFile(table, epoch, manifest.path());
        ManifestContents.paths(manifest, io(table, manifest.path()), table.specs())
                .forEach(path -> requireFile(table, epoch, path));
    }

    private void requireFile(Table table, long epoch, String path) {
        if (!io(table, path).newInputFile(path).exists()) {
            throw new CommitRefused(
                    "`" + path + "`, which was staged for table `" + marks.table() + "` in epoch " + epoch
                            + ", is gone: whoever cleans up orphan files has deleted it. Nothing of what waits for the table is"
                            + " committed, for a table with a file that is gone can't be read; bring the file back");
        }
    }

    private FileIO io(Table table, String path) {
        return HoldingArea.isHeld(path) ? HoldingArea.open(tables, ledger).io() : table.io();
    }
}

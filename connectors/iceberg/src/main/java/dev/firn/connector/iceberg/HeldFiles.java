package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What writers have put into the holding area, on its way into the tables. It is copied before the commit, under names that no
 * attempt has used before, and deleted only when the table has it. Copies are remembered, so that a catalog that fails does not
 * make more of them. Thread-safe; a table is one thread's at a time.
 */
final class HeldFiles {

    private static final Logger LOG = LoggerFactory.getLogger(HeldFiles.class);

    private final LakeTables tables;
    private final TableName ledger;

    /** Manifests of copies, by the path of the one that is held. */
    private final Map<String, ManifestFile> copied = new ConcurrentHashMap<>();

    /** What a table's mark said before its files were copied. */
    private final Map<TableName, String> marks = new ConcurrentHashMap<>();

    HeldFiles(LakeTables tables, TableName ledger) {
        this.tables = tables;
        this.ledger = ledger;
    }

    /** The manifest to append for one that is staged: itself, or that of copies in the table. */
    ManifestFile inTable(TableName name, Table table, ManifestFile staged) {
        if (!HoldingArea.isHeld(staged.path())) {
            return staged;
        }
        ManifestFile known = copied.get(staged.path());
        if (known == null) {
            HoldingArea area = HoldingArea.open(tables, ledger);
            area.readMark(name).ifPresent(mark -> marks.put(name, mark));
            known = new HeldCopies(name, table, area.io(), tables.outside()).of(staged);
            copied.put(staged.path(), known);
        }
        return known;
    }

    /** Deletes what is in the table by now. Whatever fails here is left for cleaners of orphan files. */
    void release(TableName name, String incarnation, List<StagedEpoch> epochs) {
        for (StagedEpoch epoch : epochs) {
            for (StagedFiles files : epoch.files()) {
                if (files.changeRows() && files.incarnation().equals(incarnation)) {
                    StagedManifest.all(files).forEach(manifest -> releaseHeld(name, manifest));
                }
            }
        }
    }

    private void releaseHeld(TableName name, ManifestFile manifest) {
        if (HoldingArea.isHeld(manifest.path())) {
            try {
                release(name, manifest);
            } catch (RuntimeException e) {
                LOG.warn("What table {} has by now could not be deleted: {}", name, manifest.path(), e);
            }
        }
    }

    private void release(TableName name, ManifestFile manifest) {
        HoldingArea area = HoldingArea.open(tables, ledger);
        copied.remove(manifest.path());
        if (area.io().newInputFile(manifest.path()).exists()) {
            // The manifest last: it knows what else there is to delete.
            ManifestContents.paths(manifest, area.io(), tables.load(name).specs()).stream()
                    .filter(HoldingArea::isHeld)
                    .forEach(area.io()::deleteFile);
            area.io().deleteFile(manifest.path());
        }
        String mark = marks.remove(name);
        if (mark != null) {
            area.unmark(name, mark);
        }
    }
}

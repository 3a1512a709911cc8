package dev.firn.tables.maintenance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.BulkDeletionFailureException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that nobody needs.
 *
 * @param table kept while it lasts: a REST catalog closes the storage of a table that nobody has any more
 */
record Deletion(Table table) {

    private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);

    /** Answers how many could not be deleted. */
    long run(Collection<String> files) {
        FileIO io = table.io();
        if (io instanceof SupportsBulkOperations bulk) {
            try {
                bulk.deleteFiles(new ArrayList<>(files));
                return 0;
            } catch (BulkDeletionFailureException e) {
                LOG.warn("Some files of table {} could not be deleted", table.name(), e);
                return e.numberFailedObjects();
            }
        }
        List<Boolean> deleted = SideBySide.ask(files, file -> isDeleted(io, file));
        return deleted.stream().filter(done -> !done).count();
    }

    private static boolean isDeleted(FileIO io, String file) {
        try {
            io.deleteFile(file);
            return true;
        } catch (NotFoundException gone) {
            return true;
        } catch (RuntimeException e) {
            LOG.warn("File {} could not be deleted", file, e);
            return false;
        }
    }
}

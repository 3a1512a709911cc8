package dev.firn.tables.maintenance;

import java.util.Collection;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files that no commit knows of. */
final class Discarded {

    private static final Logger LOG = LoggerFactory.getLogger(Discarded.class);

    private Discarded() {}

    /** What can't be deleted is an orphan. */
    static void files(Table table, Collection<String> places) {
        for (String place : places) {
            try {
                table.io().deleteFile(place);
            } catch (RuntimeException e) {
                LOG.debug("File {} that nobody will use could not be deleted", place, e);
            }
        }
    }
}

package dev.firn.benchmarks.connect;

import dev.firn.benchmarks.measure.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;

/** The tables of a namespace in the work's warehouse. */
record Lake(HadoopCatalog catalog, String namespace) implements AutoCloseable {

    static Lake of(Work work, int repetition) {
        return new Lake(new HadoopCatalog(new Configuration(), warehouse(work)), work.namespace(repetition));
    }

    static String warehouse(Work work) {
        return "file:" + work.warehouse().toAbsolutePath();
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(namespace, name));
    }

    /** How many rows are committed by now. */
    static long rows(Table table) {
        table.refresh();
        Snapshot snapshot = table.currentSnapshot();
        return snapshot == null
                ? 0
                : Long.parseLong(snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}

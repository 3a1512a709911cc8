package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;

/** The bindings that come into a table together with rows. */
final class StagedBindings {

    private StagedBindings() {}

    /**
     * Those that the table lacks. What was written before the table was made anew says nothing about its columns, and what stands in
     * it already was decided for it; files are right by their own ids either way.
     */
    static SortedMap<String, String> missing(List<StagedFiles> staged, Table table) {
        TableMetadata now = LakeTables.operations(table).current();
        SortedMap<String, String> missing = new TreeMap<>();
        for (StagedFiles files : staged) {
            if (files.incarnation().equals(now.uuid())) {
                StagedManifest.bindings(files).forEach((property, text) -> missing.putIfAbsent(property, text));
            }
        }
        missing.keySet().removeAll(now.properties().keySet());
        return missing;
    }
}

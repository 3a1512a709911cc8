package dev.firn.it.testing.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.hadoop.HadoopFileIO;

/**
 * A jdbc catalog in a file, which processes that die can share: each commit in it is whole or not there. A write-ahead log
 * lets readers read while somebody commits.
 */
record SqliteFile(Path file) {

    String uri() {
        return "jdbc:sqlite:file:" + file;
    }

    /** As a pipeline file spells it. */
    String catalog(Path warehouse) {
        return "{type: jdbc, uri: \"%s\", warehouse: \"%s\", jdbc.schema-version: V1, jdbc.journal_mode: WAL, jdbc.busy_timeout: \"30000\"}"
                .formatted(uri(), warehouse.toUri());
    }

    /** What the catalog holds of a table: the name of its newest metadata file. */
    Path metadata(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(uri());
                PreparedStatement query = connection.prepareStatement(
                        "SELECT metadata_location FROM iceberg_tables WHERE table_name = ?")) {
            query.setString(1, table);
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    throw new IllegalStateException("the catalog has no table " + table);
                }
                return Path.of(URI.create(found.getString(1)).getPath());
            }
        }
    }

    /** How many rows a reader of a table would see now. */
    long rows(String table) throws SQLException {
        StaticTableOperations operations =
                new StaticTableOperations(metadata(table).toString(), new HadoopFileIO(new Configuration()));
        return Optional.ofNullable(operations.current().currentSnapshot())
                .map(Snapshot::summary)
                .map(summary -> Long.parseLong(summary.get(SnapshotSummary.TOTAL_RECORDS_PROP)))
                .orElse(0L);
    }
}

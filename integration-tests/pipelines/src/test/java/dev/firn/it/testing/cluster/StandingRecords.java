package dev.firn.it.testing.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The records of an {@link OffsetLoad} as DuckDB finds them in files of tables, which icebird has found: readers that
 * share no code with those that wrote.
 */
public final class StandingRecords implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;

    /** The data files of a topic's table. */
    public record Files(String topic, List<String> paths) {}

    /**
     * What a partition of a topic has become.
     *
     * @param rows in the topic's table and in the quarantine together
     * @param places different offsets among them
     */
    public record Partition(String topic, int partition, long rows, long places, long first, long last) {

        /** A partition whose every record is there once. */
        public static Partition whole(String topic, int partition, long end) {
            return new Partition(topic, partition, end, end, 0, end - 1);
        }
    }

    public StandingRecords(Path spill, List<Files> tables, List<String> quarantine) throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        this.statement = connection.createStatement();
        statement.execute("SET memory_limit = '1GB'");
        statement.execute("SET temp_directory = '" + spill + "'");
        String delivered = tables.stream()
                .map(table ->
                        """
                        SELECT '%1$s' AS topic, partition, position, false AS quarantined,
                               digest = md5('%1$s/' || partition || '/' || position) AS intact
                        FROM read_parquet([%2$s])"""
                                .formatted(table.topic(), quoted(table.paths())))
                .collect(Collectors.joining("\nUNION ALL\n"));
        statement.execute(
                """
                CREATE VIEW standing AS
                %s
                UNION ALL
                SELECT stream AS topic, partition, position, true, true FROM read_parquet([%s])"""
                        .formatted(delivered, quoted(quarantine)));
    }

    private static String quoted(List<String> paths) {
        return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    }

    public List<Partition> partitions() throws SQLException {
        List<Partition> partitions = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(
                """
                SELECT topic, partition, count(*), count(DISTINCT position), min(position), max(position)
                FROM standing GROUP BY topic, partition ORDER BY topic, partition""")) {
            while (found.next()) {
                partitions.add(new Partition(
                        found.getString(1),
                        found.getInt(2),
                        found.getLong(3),
                        found.getLong(4),
                        found.getLong(5),
                        found.getLong(6)));
            }
        }
        return partitions;
    }

    /** Some offsets that are there more than once, and gaps, for the message of a failure. */
    public String faults() {
        StringBuilder faults = new StringBuilder();
        append(
                faults,
                "twice",
                """
                SELECT topic, partition, position, count(*) FROM standing
                GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 20""");
        append(
                faults,
                "gap before",
                """
                SELECT topic, partition, position, position - before - 1
                FROM (SELECT *, coalesce(lag(position) OVER (PARTITION BY topic, partition ORDER BY position), -1) AS before
                      FROM standing)
                WHERE position > before + 1 ORDER BY ALL LIMIT 20""");
        return faults.toString();
    }

    private void append(StringBuilder faults, String word, String query) {
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                faults.append(word)
                        .append(' ')
                        .append(found.getString(1))
                        .append('/')
                        .append(found.getInt(2))
                        .append('/')
                        .append(found.getLong(3))
                        .append(": ")
                        .append(found.getLong(4))
                        .append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows whose content is not what was written. */
    public long spoilt() throws SQLException {
        return number("SELECT count(*) FROM standing WHERE NOT intact");
    }

    /** Rows of a topic in the quarantine. */
    public long quarantined(String topic) throws SQLException {
        return number("SELECT count(*) FROM standing WHERE quarantined AND topic = '" + topic + "'");
    }

    /** Rows of a topic in its table. */
    public long delivered(String topic) throws SQLException {
        return number("SELECT count(*) FROM standing WHERE NOT quarantined AND topic = '" + topic + "'");
    }

    /** Rows of all topics in the quarantine. */
    public long quarantined() throws SQLException {
        return number("SELECT count(*) FROM standing WHERE quarantined");
    }

    /** Rows of all topics in their tables. */
    public long delivered() throws SQLException {
        return number("SELECT count(*) FROM standing WHERE NOT quarantined");
    }

    private long number(String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

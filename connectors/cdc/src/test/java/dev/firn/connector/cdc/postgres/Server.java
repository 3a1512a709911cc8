package dev.firn.connector.cdc.postgres;

import dev.firn.definition.selector.Selector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A Postgres for all tests of this process, and a database of it for each who asks; thrown away with the process. */
public final class Server {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final List<String> SETTINGS = List.of(
            "timezone = 'Asia/Kathmandu'",
            "datestyle = 'SQL, DMY'",
            "intervalstyle = 'sql_standard'",
            "bytea_output = 'escape'",
            "extra_float_digits = -5",
            "quote_all_identifiers = on");

    private Server() {}

    private static final class Running {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("wal_level", "logical")
                        .setServerConfig("max_replication_slots", "60")
                        .setServerConfig("max_wal_senders", "20")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_slot_wal_keep_size", "-1")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database. */
    public static PostgresAddress database() {
        String name = "db_" + DATABASES.incrementAndGet();
        PostgresAddress main = address("postgres", "postgres");
        execute(main, "CREATE DATABASE " + name);
        // What sessions have to set themselves is set otherwise here.
        for (String setting : SETTINGS) {
            execute(main, "ALTER DATABASE " + name + " SET " + setting);
        }
        return address(name, "postgres");
    }

    static PostgresAddress address(String database, String user) {
        return new PostgresAddress("127.0.0.1", Running.SERVER.getPort(), database, user, "hunter2", Map.of());
    }

    public static void execute(PostgresAddress address, String... statements) {
        try (Connection connection = address.open();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException | DatabaseFailure e) {
            throw new AssertionError(e);
        }
    }

    public static String ask(PostgresAddress address, String sql) {
        try (Connection connection = address.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException | DatabaseFailure e) {
            throw new AssertionError(e);
        }
    }

    static SourceTable table(PostgresAddress address, String name) throws Exception {
        try (Connection connection = address.open()) {
            return new PostgresCatalog(address, connection)
                    .select(List.of(Selector.parse("/" + java.util.regex.Pattern.quote(name) + "/")), List.of())
                    .tables()
                    .get(0);
        }
    }

    /** A publication of all tables given, and a slot of the same name. */
    static Lsn publish(PostgresAddress address, String name, SourceTable... tables) throws Exception {
        try (Connection connection = address.open()) {
            Slots slots = new Slots(address, connection);
            slots.createPublication(name, List.of(tables));
            return slots.createSlot(name);
        }
    }

    static ReplicationLog log(PostgresAddress address, String name, Lsn from) throws DatabaseFailure {
        return ReplicationLog.open(address, name, name, from, Duration.ofSeconds(10));
    }

    /** Messages up to a number of commits. */
    static List<ReplicationLog.Logged> read(ReplicationLog log, int commits) throws DatabaseFailure {
        List<ReplicationLog.Logged> read = new ArrayList<>();
        for (int left = commits; left > 0; ) {
            ReplicationLog.Logged logged =
                    log.poll(Duration.ofSeconds(10)).orElseThrow(() -> new AssertionError("no more after " + read));
            read.add(logged);
            if (logged.message() instanceof LogMessage.Commit) {
                left--;
            }
        }
        return read;
    }

    static List<Tuple> rows(PostgresAddress address, SourceTable table, int limit) throws Exception {
        List<Tuple> rows = new ArrayList<>();
        try (Connection connection = address.open()) {
            TableRows reader = new TableRows(new PostgresCatalog(address, connection), table);
            java.util.Optional<List<String>> behind = java.util.Optional.empty();
            while (true) {
                try (TableRows.Chunk chunk = reader.open(behind, limit)) {
                    for (var row = chunk.next(); row.isPresent(); row = chunk.next()) {
                        rows.add(row.get());
                    }
                    if (chunk.isLast()) {
                        return rows;
                    }
                    behind = chunk.key();
                }
            }
        }
    }
}

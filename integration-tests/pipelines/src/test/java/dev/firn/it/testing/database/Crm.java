package dev.firn.it.testing.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** A Postgres whose tables change all the time: by single statements, by transactions of many, by COPY, keys too. */
public final class Crm implements AutoCloseable {

    private static final int CITIES = 5;

    private final EmbeddedPostgres server;
    private final Random random;
    private int nextCustomer;
    private boolean hasCity;

    public Crm(long seed) throws IOException, SQLException {
        this.random = new Random(seed);
        this.server = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("unix_socket_directories", "")
                .start();
        execute(
                """
                CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, credit numeric(12,2), born date, seen timestamptz, tags text[], body text);
                CREATE TABLE lines ("order" int, line int, article varchar(20), count int, PRIMARY KEY ("order", line));
                CREATE TABLE tmp_notes (id int PRIMARY KEY, note text);
                ALTER TABLE customers REPLICA IDENTITY FULL;
                """);
    }

    public int port() {
        return server.getPort();
    }

    /** Rows that are there before anybody follows. */
    public void fill(int rows) throws SQLException {
        execute(
                "INSERT INTO customers SELECT n, 'customer ' || n, n * 1.25, DATE '1970-01-01' + n % 20000, TIMESTAMPTZ '2026-01-01 00:00:00.000001+00'"
                        + " + n * INTERVAL '1 second', ARRAY['a' || n, NULL], repeat('x', n % 50) FROM generate_series(1, "
                        + rows + ") n");
        execute("INSERT INTO lines SELECT n / 3, n % 3, 'article ' || n, n % 7 FROM generate_series(1, " + rows
                + ") n");
        nextCustomer = rows + 1;
    }

    /** So many transactions. */
    public void change(int transactions) throws SQLException, IOException {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            for (int number = 0; number < transactions; number++) {
                transaction(connection);
                if (random.nextInt(20) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    }

    private void transaction(Connection connection) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            switch (random.nextInt(9)) {
                case 0 -> insert(statement, 1 + random.nextInt(5));
                case 1 -> statement.execute(
                        "UPDATE customers SET credit = credit + 1, seen = now() WHERE id % 97 = " + random.nextInt(97));
                case 2 -> statement.execute("UPDATE customers SET name = name || '!' WHERE id = " + anyCustomer());
                case 3 -> statement.execute("DELETE FROM customers WHERE id = " + anyCustomer());
                case 4 -> statement.execute(
                        "UPDATE customers SET id = " + nextCustomer++ + " WHERE id = " + anyCustomer());
                case 5 -> statement.execute(
                        "UPDATE lines SET count = count + 1 WHERE \"order\" = " + random.nextInt(500));
                case 6 -> statement.execute(
                        "DELETE FROM lines WHERE \"order\" = " + random.nextInt(2_000) + " AND line = 1");
                case 7 -> copy(connection);
                default -> {
                    statement.execute(
                            "INSERT INTO tmp_notes VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET note = tmp_notes.note || 'x'");
                    statement.execute("UPDATE lines SET line = line + 10 WHERE \"order\" = " + random.nextInt(2_000)
                            + " AND line < 10");
                    statement.execute("UPDATE customers SET body = repeat('" + (char) ('a' + random.nextInt(26))
                            + "', 3000) WHERE id = " + anyCustomer());
                }
            }
            if (hasCity) {
                statement.execute("UPDATE customers SET city = 'city " + random.nextInt(CITIES) + "' WHERE id = "
                        + anyCustomer());
            }
        }
    }

    private void insert(Statement statement, int rows) throws SQLException {
        int first = nextCustomer;
        nextCustomer += rows;
        statement.execute("INSERT INTO customers (id, name, credit) SELECT n, 'new ' || n, n FROM generate_series("
                + first + ", " + (nextCustomer - 1) + ") n");
    }

    private void copy(Connection connection) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 10; row++) {
            rows.append(nextCustomer++).append(String.format(Locale.ROOT, "\tcopied\\t%d\t%d.50%n", row, row));
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY customers (id, name, credit) FROM STDIN", new java.io.StringReader(rows.toString()));
    }

    private int anyCustomer() {
        return 1 + random.nextInt(nextCustomer);
    }

    public void addColumn() throws SQLException {
        execute("ALTER TABLE customers ADD COLUMN city text");
        hasCity = true;
    }

    /** As if the network had failed. */
    public void cutConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender'");
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each row as one text, by its key. */
    public SortedMap<String, String> rows(String key, String row, String table) throws SQLException {
        SortedMap<String, String> rows = new TreeMap<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + key + ", " + row + " FROM " + table)) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
            }
        }
        return rows;
    }

    private Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

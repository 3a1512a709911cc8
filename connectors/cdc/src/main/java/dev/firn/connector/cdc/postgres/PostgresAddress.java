package dev.firn.connector.cdc.postgres;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;

/**
 * Where a database is, and who asks.
 *
 * @param password never part of a message or of {@link #toString}
 * @param properties further ones of the driver, such as {@code sslmode}; what a connection needs to be read from is set over them
 */
public record PostgresAddress(
        String host, int port, String database, String user, String password, Map<String, String> properties)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * What makes the texts of values the same in every session, whatever the server, the database or the role has set. With no schema on the
     * path but the system's, names of types and tables are written with theirs. What a role may not see ends a statement and is not left out.
     */
    private static final String SETTINGS =
            "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'iso_8601';"
                    + " SET extra_float_digits = 3; SET bytea_output = 'hex'; SET search_path = pg_catalog; SET row_security = off;"
                    + " SET standard_conforming_strings = on; SET quote_all_identifiers = off;"
                    + " SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    public PostgresAddress {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** For statements; each is a transaction by itself. It waits 10 s for the server to answer at first, and 5 min for each part of an answer. */
    public Connection open() throws DatabaseFailure {
        Properties settings = common();
        settings.putIfAbsent("socketTimeout", "300");
        return connect(settings, "no connection can be opened");
    }

    /** For a stream of changes, and for statements before it begins. */
    Connection openReplication() throws DatabaseFailure {
        Properties settings = common();
        settings.setProperty("replication", "database");
        settings.setProperty("assumeMinServerVersion", "10");
        settings.setProperty("preferQueryMode", "simple");
        // The driver would take a time-out in the middle of a message for an idle server, and what follows for a new
        // message.
        settings.setProperty("socketTimeout", "0");
        return connect(settings, "no connection for replication can be opened");
    }

    private Properties common() {
        Properties settings = new Properties();
        settings.putAll(properties);
        settings.setProperty("user", user);
        settings.setProperty("password", password);
        settings.putIfAbsent("ApplicationName", "firn");
        settings.putIfAbsent("connectTimeout", "10");
        settings.putIfAbsent("loginTimeout", "30");
        settings.putIfAbsent("tcpKeepAlive", "true");
        return settings;
    }

    private Connection connect(Properties settings, String otherwise) throws DatabaseFailure {
        try {
            // Not through the driver manager, which sees the drivers of the class loader that calls it alone.
            Connection connection = new Driver().connect(url(), settings);
            if (connection == null) {
                throw new DatabaseFailure(
                        DatabaseFailure.Kind.WRONG_SETTING, inWords() + ": the host or the database is not valid");
            }
            return settled(connection);
        } catch (SQLException e) {
            throw failure(otherwise, e);
        }
    }

    private static Connection settled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private String url() {
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + name + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    DatabaseFailure failure(String doing, SQLException thrown) {
        return DatabaseFailure.of(this, doing, thrown);
    }

    /** For the beginning of a sentence. */
    public String inWords() {
        return "database `" + database + "` at `" + host + ":" + port + "` as `" + user + "`";
    }

    @Override
    public String toString() {
        return inWords();
    }
}

package dev.firn.connector.iceberg;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a {@code jdbc} catalog in a SQLite file usable by more than one: when Iceberg looks whether its tables are there it
 * leaves the answer open, which locks the file for everybody else. So the look is ours.
 */
final class SqliteCatalog {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String CREATE_TABLES = "jdbc.init-catalog-tables";

    private SqliteCatalog() {}

    static Map<String, String> spareTheLook(Map<String, String> properties) throws SQLException {
        String uri = properties.getOrDefault(CatalogSettings.URI, "");
        if (!uri.startsWith(SQLITE) || properties.containsKey(CREATE_TABLES) || !hasTables(uri)) {
            return properties;
        }
        Map<String, String> known = new TreeMap<>(properties);
        known.put(CREATE_TABLES, "false");
        return known;
    }

    private static boolean hasTables(String uri) throws SQLException {
        try (Connection connection = DriverManager.getConnection(uri);
                ResultSet tables =
                        connection.getMetaData().getTables(null, null, "iceberg_namespace_properties", null)) {
            return tables.next();
        }
    }
}

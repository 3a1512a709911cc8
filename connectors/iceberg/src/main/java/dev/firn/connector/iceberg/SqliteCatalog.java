package dev.firn.connector.iceberg;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a {@code jdbc} catalog in a SQLite file usable by more than one: where Iceberg looks whether its tables are there, and
 * they are, it leaves the answer open, which locks the file against everybody's commits for as long as the catalog is open. So the tables
 * are made here, and Iceberg does not look.
 */
final class SqliteCatalog {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String CREATE_TABLES = "jdbc.init-catalog-tables";

    /** As Iceberg makes them; several that open a new file at once must not mind each other. */
    private static final List<String> TABLES = List.of(
            """
            create table if not exists iceberg_tables (
              catalog_name VARCHAR(255) not null,
              table_namespace VARCHAR(255) not null,
              table_name VARCHAR(255) not null,
              metadata_location VARCHAR(1000),
              previous_metadata_location VARCHAR(1000),
              primary key (catalog_name, table_namespace, table_name))""",
            """
            create table if not exists iceberg_namespace_properties (
              catalog_name VARCHAR(255) not null,
              namespace VARCHAR(255) not null,
              property_key VARCHAR(255),
              property_value VARCHAR(1000),
              primary key (catalog_name, namespace, property_key))""");

    private SqliteCatalog() {}

    /** The properties to open a catalog with; of one in SQLite, the tables are there by then. */
    static Map<String, String> spareTheLook(Map<String, String> properties) throws SQLException {
        String uri = properties.getOrDefault(CatalogSettings.URI, "");
        if (!uri.startsWith(SQLITE) || properties.containsKey(CREATE_TABLES)) {
            return properties;
        }
        try (Connection connection = DriverManager.getConnection(uri);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        Map<String, String> known = new TreeMap<>(properties);
        known.put(CREATE_TABLES, "false");
        return known;
    }
}

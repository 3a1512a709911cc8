package dev.firn.connector.iceberg;

import java.nio.file.Path;
import java.util.Map;

/** The catalogs that need no service. */
enum CatalogKind {
    HADOOP {
        @Override
        Map<String, String> properties(Path folder) {
            return Map.of(
                    "type", "hadoop", "warehouse", folder.resolve("warehouse").toString());
        }
    },
    JDBC {
        @Override
        Map<String, String> properties(Path folder) {
            return Map.of(
                    "type",
                    "jdbc",
                    "uri",
                    "jdbc:sqlite:" + folder.resolve("catalog.db"),
                    "warehouse",
                    folder.resolve("warehouse").toString());
        }
    };

    abstract Map<String, String> properties(Path folder);
}

package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in a SQLite file that several processes open. */
class SqliteCatalogTest {

    @TempDir
    Path folder;

    /** Waits for nobody: what is locked is locked for as long as a catalog is open. */
    private Map<String, String> properties() {
        return Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:" + folder.resolve("catalog.db") + "?busy_timeout=0",
                "warehouse",
                folder.toString());
    }

    @Test
    void whoeverOpensAFileThatIsNewToTwoLeavesItUsableByTheOther() throws Exception {
        // Both have looked whether the tables are there before either opens the catalog.
        Map<String, String> ours = SqliteCatalog.spareTheLook(properties());
        Map<String, String> theirs = SqliteCatalog.spareTheLook(properties());

        try (JdbcCatalog other = open(theirs);
                JdbcCatalog catalog = open(ours)) {
            other.createNamespace(Namespace.of("theirs"));
            catalog.createNamespace(Namespace.of("ours"));

            assertThat(other.listNamespaces()).containsExactlyInAnyOrder(Namespace.of("ours"), Namespace.of("theirs"));
        }
    }

    @Test
    void theTablesAreThoseOfIceberg() throws Exception {
        SqliteCatalog.spareTheLook(properties());
        Map<String, String> byIceberg = new TreeMap<>(properties());
        byIceberg.put("uri", "jdbc:sqlite:" + folder.resolve("iceberg.db"));
        open(byIceberg).close();

        assertThat(columns("catalog.db")).isNotEmpty().isEqualTo(columns("iceberg.db"));
    }

    private static JdbcCatalog open(Map<String, String> properties) {
        return (JdbcCatalog) CatalogUtil.buildIcebergCatalog("firn", properties, new Configuration());
    }

    /** Of all tables: name, type, whether it may be null, place in the key. */
    private List<String> columns(String file) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select m.name, c.name, c.type, c.\"notnull\", c.pk from sqlite_master m"
                                + " join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid")) {
            while (rows.next()) {
                columns.add(rows.getString(1) + "." + rows.getString(2) + " " + rows.getString(3) + " " + rows.getInt(4)
                        + " " + rows.getInt(5));
            }
        }
        return columns;
    }
}

package dev.firn.it.testing;

import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.awaitility.Awaitility;

/** What is wrong with which table of a {@link TroubledCatalog}, and what somebody else does to its tables. */
public record Troubles(Path folder) {

    /** The catalog in a pipeline file. */
    public static final String CATALOG = "{catalog-impl: " + TroubledCatalog.class.getName()
            + ", uri: \"jdbc:sqlite:FOLDER/catalog.db\", warehouse: \"FOLDER/lake\", troubles: \"FOLDER/troubles\"}";

    /** Behind the name of a table, in a file's name. */
    static final String MET = ".met";

    public static Troubles of(Shop shop) throws IOException {
        Path folder = shop.pipeline().file().resolveSibling("troubles");
        return new Troubles(Files.createDirectories(folder));
    }

    /** @param word such as {@code fail commit}, {@code hang load} */
    public void begin(TableName table, String word) throws IOException {
        Path written = Files.writeString(folder.resolve("new"), word);
        Files.move(written, folder.resolve(table.full()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns when somebody has met what is wrong with a table and got a failure for it. */
    public void awaitMet(TableName table) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Files.exists(folder.resolve(table.full() + MET)));
    }

    public void end(TableName table) throws IOException {
        Files.delete(folder.resolve(table.full()));
    }

    /** The catalog without its troubles. */
    public JdbcCatalog catalog() {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.setConf(new org.apache.hadoop.conf.Configuration());
        catalog.initialize(
                "firn",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolveSibling("catalog.db"),
                        "warehouse",
                        folder.resolveSibling("lake").toString(),
                        "jdbc.init-catalog-tables",
                        "false"));
        return catalog;
    }

    public Table table(TableName name) {
        return catalog().loadTable(identifier(name));
    }

    public static TableIdentifier identifier(TableName name) {
        return TableIdentifier.parse(name.full());
    }
}

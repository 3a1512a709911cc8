package dev.firn.catalogs;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Iceberg's REST catalog as its own tests serve it, in front of tables in a folder and pointers to them in SQLite. */
final class RestCatalogServer {

    private RestCatalogServer() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        ServletContextHandler handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(backend(folder)))), "/*");
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(handler);
        server.start();
        Leash.hold("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
        server.stop();
    }

    private static Catalog backend(Path folder) {
        Map<String, String> properties = Map.of(
                "type",
                "jdbc",
                "uri",
                "jdbc:sqlite:file:" + folder.resolve("catalog.db"),
                "warehouse",
                folder.resolve("warehouse").toUri().toString(),
                "jdbc.schema-version",
                "V1",
                // Without a write-ahead log a reader of the catalog locks out those who commit.
                "jdbc.journal_mode",
                "WAL",
                "jdbc.busy_timeout",
                "30000");
        return CatalogUtil.buildIcebergCatalog("rest", properties, new Configuration());
    }
}

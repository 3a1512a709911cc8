package dev.firn.catalogs;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** An empty Postgres whose data is thrown away; its user is {@code postgres} and any password will do. */
final class PostgresServer {

    private PostgresServer() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "off");
        try (EmbeddedPostgres running = server.start()) {
            Leash.hold("jdbc:postgresql://127.0.0.1:" + running.getPort() + "/postgres");
        }
    }
}

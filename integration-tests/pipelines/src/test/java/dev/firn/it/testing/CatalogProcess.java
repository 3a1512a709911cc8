package dev.firn.it.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A catalog in a process of its own, with jars that Firn never sees.
 *
 * @param address what a client needs to find it
 */
public record CatalogProcess(Process process, String address) implements AutoCloseable {

    /** Iceberg's REST catalog, of a newer Iceberg than Firn's. */
    public static CatalogProcess rest() {
        return start("dev.firn.catalogs.RestCatalogServer");
    }

    /** An empty Postgres; its user is {@code postgres}. */
    public static CatalogProcess postgres() {
        return start("dev.firn.catalogs.PostgresServer");
    }

    /** A proxy in front of a REST catalog that does to requests and answers what {@link FaultControl} tells it. */
    public static CatalogProcess faultProxy(CatalogProcess catalog) {
        return start("dev.firn.catalogs.FaultProxy", catalog.address());
    }

    /** A proxy in front of a Postgres that cuts connections; its address is the clients' and that of its {@link CutControl}. */
    public static CatalogProcess cutProxy(String server) {
        return start("dev.firn.catalogs.CutProxy", server);
    }

    private static CatalogProcess start(String mainClass, String... behind) {
        Path home = Path.of(System.getProperty("firn.catalogs.home", ".")).toAbsolutePath();
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Stack.folder()), "catalog");
            Path log = folder.resolve("log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    // Unpacked programs and native libraries go there too.
                    "-Djava.io.tmpdir=" + folder,
                    "-cp",
                    home.resolve("classes") + File.pathSeparator + home.resolve("lib") + File.separator + "*",
                    mainClass,
                    folder.toString()));
            command.addAll(List.of(behind));
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String address = out.readLine();
            if (address == null) {
                throw new IllegalStateException(mainClass + " did not start:\n" + Files.readString(log));
            }
            return new CatalogProcess(process, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of its input is what it waits for. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the catalog at " + address + " did not end");
        }
    }
}

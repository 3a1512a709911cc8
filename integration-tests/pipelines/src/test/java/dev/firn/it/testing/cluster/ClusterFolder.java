package dev.firn.it.testing.cluster;

import dev.firn.cluster.Cluster;
import dev.firn.cluster.ClusterSettings;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts clusters whose class path is Firn's as the command has it, and the sink with windows. */
public final class ClusterFolder {

    private static final Path HOME =
            Path.of(System.getProperty("firn.home", ".")).toAbsolutePath();

    /** What makes the sink with windows known; no other test has it on its class path. */
    private static final Path SERVICES = Path.of("src/test/windows").toAbsolutePath();

    private ClusterFolder() {}

    public static Cluster start(Path folder, int taskManagers) {
        return Cluster.start(new ClusterSettings(
                folder,
                HOME.resolve("flink-conf/cluster"),
                HOME.resolve("flink-conf/jvm.options"),
                classPath(),
                taskManagers));
    }

    private static String classPath() {
        Path firn = HOME.resolve("pipelines/cli/target/firn");
        return Stream.concat(
                        Stream.of("light", "full").map(folder -> firn.resolve(folder) + File.separator + "*"),
                        Stream.of(Path.of("target/test-classes").toAbsolutePath(), SERVICES)
                                .map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A loader that finds what the cluster finds. */
    static ClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {SERVICES.toUri().toURL()}, ClusterFolder.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A fresh folder in which a test leaves what it makes. */
    public static Path fresh(Path parent, String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(parent), name);
    }
}

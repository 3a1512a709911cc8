package dev.firn.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of one cluster: its profile's, and what is known only when it starts. */
record Configuration(Map<String, String> settings) {

    private static final String FILE = "flink-conf.yaml";

    Configuration {
        settings = Map.copyOf(settings);
    }

    /** @param available where several JobManagers find each other, if there are several */
    static Configuration of(ClusterSettings cluster, Ports ports, Optional<HighAvailability> available)
            throws IOException {
        Map<String, String> settings = read(cluster.profile().resolve(FILE));
        settings.putAll(cluster.said());
        settings.put("jobmanager.rpc.port", Integer.toString(ports.rpc()));
        // Each JobManager's command line says its own.
        settings.put("rest.port", Integer.toString(ports.rest().get(0)));
        available.ifPresent(high -> settings.putAll(high.settings()));
        settings.put("state.checkpoints.dir", cluster.checkpoints().toUri().toString());
        settings.put("state.savepoints.dir", cluster.savepoints().toUri().toString());
        settings.put("io.tmp.dirs", temporary(cluster.folder()).toString());
        return new Configuration(settings);
    }

    /** Where the processes of a cluster in the folder keep what they need while they live. */
    static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }

    /** Flink 1.18's own form: a key, a colon, a value a line, and no more of YAML than that. */
    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("#")) {
                settings.put(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        }
        return settings;
    }

    /** Writes what Flink reads; answers the folder to name to it. */
    Path write(ClusterSettings cluster) throws IOException {
        Path folder = Files.createDirectories(cluster.folder().resolve("conf"));
        List<String> lines = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue())
                        .toList();
        Files.write(folder.resolve(FILE), lines);
        Files.copy(
                cluster.profile().resolve("log4j.properties"),
                folder.resolve("log4j.properties"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    /** The JVM's limits for a JobManager, which Flink's shell scripts would derive. */
    List<String> jobManagerMemory() {
        return List.of(
                "-Xmx" + sum("jobmanager.memory.heap.size"),
                "-XX:MaxMetaspaceSize=" + sum("jobmanager.memory.jvm-metaspace.size"));
    }

    /** The JVM's limits for a TaskManager. */
    List<String> taskManagerMemory() {
        return List.of(
                "-Xmx" + sum("taskmanager.memory.framework.heap.size", "taskmanager.memory.task.heap.size"),
                "-XX:MaxDirectMemorySize="
                        + sum(
                                "taskmanager.memory.framework.off-heap.size",
                                "taskmanager.memory.task.off-heap.size",
                                "taskmanager.memory.network.max"),
                "-XX:MaxMetaspaceSize=" + sum("taskmanager.memory.jvm-metaspace.size"));
    }

    private String sum(String... sizes) {
        int megabytes = 0;
        for (String size : sizes) {
            String value = settings.getOrDefault(size, "");
            if (!value.matches("\\d{1,6}m")) {
                throw new ClusterException(
                        "`" + FILE + "` has `" + value + "` for `" + size + "`; a size is written like `64m` there");
            }
            megabytes += Integer.parseInt(value.substring(0, value.length() - 1));
        }
        return megabytes + "m";
    }
}

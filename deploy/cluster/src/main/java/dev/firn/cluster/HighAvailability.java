package dev.firn.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What lets one JobManager take over from another: a ZooKeeper of the cluster's own, which says who leads and where the jobs and their checkpoints
 * are. It is one process, so it saves the jobs from a JobManager that dies, and from nothing else.
 *
 * @param folder what it keeps, for this cluster's life alone: jobs of another build would not come to be in it
 * @param port where it listens
 */
record HighAvailability(Path folder, int port) {

    /** What the process is called. */
    static final String ZOOKEEPER = "zookeeper";

    private static final String PREFIX = "ha-";

    /** Of a server that keeps some hundred bytes a job. */
    private static final List<String> MEMORY = List.of("-Xmx64m", "-XX:MaxMetaspaceSize=64m");

    /** Takes the place of what an earlier cluster in the folder has kept. */
    static HighAvailability fresh(ClusterSettings cluster, int port) throws IOException {
        Path temporary = Files.createDirectories(Configuration.temporary(cluster.folder()));
        try (Stream<Path> earlier = Files.list(temporary)) {
            for (Path folder : earlier.filter(
                            path -> String.valueOf(path.getFileName()).startsWith(PREFIX))
                    .toList()) {
                delete(folder);
            }
        }
        return new HighAvailability(Files.createTempDirectory(temporary, PREFIX), port);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** For Flink's processes. */
    Map<String, String> settings() {
        return Map.of(
                "high-availability.type",
                "zookeeper",
                "high-availability.zookeeper.quorum",
                address(),
                "high-availability.storageDir",
                folder.resolve("jobs").toUri().toString(),
                // A leader that is gone is missed after this; Flink's own minute is for networks.
                "high-availability.zookeeper.client.session-timeout",
                "10000",
                // There is one server: whoever hears nothing of it for a moment has lost no election to anybody else.
                "high-availability.zookeeper.client.tolerate-suspended-connections",
                "true");
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    Process start(Jvm jvm) throws IOException {
        Path file = folder.resolve("zoo.cfg");
        // Written by its own reader's rules: a path may have letters beyond ASCII.
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "dataDir", Files.createDirectories(folder.resolve("data")).toString(),
                "clientPort", Integer.toString(port),
                "clientPortAddress", "127.0.0.1",
                "tickTime", "1000",
                "admin.enableServer", "false",
                // Each checkpoint is some transactions; their logs would fill the disk.
                "autopurge.purgeInterval", "1",
                "autopurge.snapRetainCount", "3"));
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return jvm.start(
                ZOOKEEPER,
                MEMORY,
                List.of(
                        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                        "--zkConfigFile",
                        file.toString(),
                        "--peerId",
                        "1"));
    }
}

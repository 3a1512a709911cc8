package dev.firn.it.testing;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker that a test may stop, start again, and give an older disk. */
public final class OwnBroker implements AutoCloseable {

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /** Formats its storage; it does not run yet. */
    public OwnBroker(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.port = freePort();
        try (Writer writer = Files.newBufferedWriter(file())) {
            properties().store(writer, null);
        }
        Process format = java(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                file().toString());
        if (format.waitFor() != 0) {
            throw new IllegalStateException("the storage can't be formatted:\n" + Files.readString(log()));
        }
    }

    private Path file() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Properties properties() throws IOException {
        int controller = freePort();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controller,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners",
                "PLAINTEXT://" + address(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                data().toString()));
        return properties;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns when it answers. */
    public void start() throws IOException {
        Process started = java("kafka.Kafka", file().toString());
        process = started;
        try (Admin admin = admin()) {
            Awaitility.await("the broker to answer")
                    .atMost(1, TimeUnit.MINUTES)
                    .ignoreExceptions()
                    .until(() -> {
                        if (!started.isAlive()) {
                            throw new AssertionError("the broker has ended:\n" + Files.readString(log()));
                        }
                        return !admin.describeCluster().nodes().get().isEmpty();
                    });
        }
    }

    /** In good order: everything is on the disk. */
    public void stop() throws InterruptedException {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    /** A topic of one partition. */
    public TopicLog createTopic(String name) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
        return new TopicLog(address(), name);
    }

    /** Its disk as it is, while it is stopped. */
    public Path copyOfDisk() throws IOException {
        Path copy = folder.resolve("copy");
        copy(data(), copy);
        return copy;
    }

    public void putBack(Path disk) throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(disk, data());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private Process java(String mainClass, String... arguments) throws IOException {
        Path home = Path.of(System.getProperty("firn.devstack.home", ".")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                home.resolve("lib") + File.separator + "*",
                mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", address(), "default.api.timeout.ms", 5_000, "request.timeout.ms", 2_000));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}

package dev.firn.devstack;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The main class of the broker's process: formats its storage, starts broker and controller, says when they are up. */
final class Broker {

    private Broker() {}

    /** Takes the file with the server's properties and the file to create when the broker answers. */
    public static void main(String[] arguments) throws IOException {
        Leash.attach();
        Path file = Path.of(arguments[0]);
        String[] format = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()};
        if (StorageTool.execute(format, System.err) != 0) {
            throw new DevstackException("can't format the broker's storage");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        start(new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM));
        Files.createFile(Path.of(arguments[1]));
    }

    /** Returns when the broker is registered and unfenced; on a failure Kafka's own threads would keep the JVM alive. */
    private static void start(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException problem) {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}

package dev.firn.devstack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;

/** One Kafka broker which is its own controller (KRaft). */
record BrokerService(Home home, Path directory) implements Service {

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public String description() {
        return "Kafka " + AppInfoParser.getVersion() + ", KRaft";
    }

    @Override
    public String address(int port) {
        return "127.0.0.1:" + port;
    }

    @Override
    public List<String> command(int port) throws IOException {
        Folders.deleteWithContent(directory);
        Files.createDirectories(directory);
        Path properties = directory.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(properties)) {
            serverProperties(port, Ports.free()).store(writer, null);
        }
        return home.command(
                Broker.class.getName(),
                List.of("-Xmx256m", Devstack.LOGGING),
                List.of(properties.toString(), readyFile().toString()));
    }

    @Override
    public boolean answers(int port) {
        return Files.exists(readyFile());
    }

    private Path readyFile() {
        return directory.resolve("ready");
    }

    private Properties serverProperties(int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", directory.resolve("data").toString());
        // A topic that was not created is somebody's typing error.
        properties.put("auto.create.topics.enable", "false");
        // Tests write records of the past, and those would be deleted as soon as they are there.
        properties.put("log.retention.ms", "-1");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        // Tests of compacted topics wait for the cleaner.
        properties.put("log.cleaner.backoff.ms", "200");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        return properties;
    }
}

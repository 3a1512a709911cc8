package dev.firn.benchmarks.connect;

import dev.firn.benchmarks.measure.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.AbstractStatus;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.util.FutureCallback;

/** Kafka Connect in this process, started as its own script for standalone workers starts it. */
final class ConnectWorker {

    private final Herder herder;
    private final String bootstrapServers;

    private ConnectWorker(Herder herder, String bootstrapServers) {
        this.herder = herder;
        this.bootstrapServers = bootstrapServers;
    }

    static ConnectWorker start(Work work) throws IOException {
        return new ConnectWorker(
                new ConnectStandalone().startConnect(settings(work)).herder(), work.bootstrapServers());
    }

    private static Map<String, String> settings(Work work) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", work.bootstrapServers());
        settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        settings.put("value.converter", AvroConverter.class.getName());
        settings.put("value.converter." + AvroConverter.REGISTRY, work.registryUrl());
        settings.put(
                "offset.storage.file.filename",
                Files.createTempFile("connect", ".offsets").toString());
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put("plugin.discovery", "service_load");
        // A sink that gets no records is called this often only, and it is in those calls that it takes part in a
        // commit:
        // with the default of a minute, the rows at a topic's end would wait for so long.
        settings.put("offset.flush.interval.ms", "500");
        return settings;
    }

    /** Starts a connector, which reads its topics from their start, and its topic for control. */
    void add(SinkSettings sink) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(sink.controlTopic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        FutureCallback<Herder.Created<?>> added = new FutureCallback<>();
        herder.putConnectorConfig(
                sink.name(), sink.settings(), false, (problem, created) -> added.onCompletion(problem, created));
        added.get();
    }

    void remove(SinkSettings sink) throws Exception {
        FutureCallback<Herder.Created<?>> removed = new FutureCallback<>();
        herder.deleteConnectorConfig(sink.name(), (problem, created) -> removed.onCompletion(problem, created));
        removed.get();
    }

    /** A task that has failed stays so; whoever waits for it would wait for ever. */
    void check(SinkSettings sink) {
        ConnectorStateInfo state = herder.connectorStatus(sink.name());
        for (ConnectorStateInfo.TaskState task : state.tasks()) {
            if (task.state().equals(AbstractStatus.State.FAILED.name())) {
                throw new IllegalStateException("task " + task.id() + " has failed: " + task.trace());
            }
        }
    }
}

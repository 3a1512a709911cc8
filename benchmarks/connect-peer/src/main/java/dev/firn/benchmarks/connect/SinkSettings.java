package dev.firn.benchmarks.connect;

import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.measure.Work.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of the connector that does a piece of work. One topic goes to one table by the tables' list. Several share a
 * connector: nothing in their records says to which table they go, so a transform puts the topic's name into a field, and the
 * sink routes by it. As the name lacks the namespace, the warehouse is then the namespace's folder.
 */
record SinkSettings(Work work, String namespace, String name) {

    private static final String ROUTE = "_topic";

    String controlTopic() {
        return name + "-control";
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", name);
        settings.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
        settings.put("tasks.max", Integer.toString(work.parallelism()));
        settings.put("topics", work.topics().stream().map(Topic::name).collect(Collectors.joining(",")));
        settings.put("iceberg.catalog.type", "hadoop");
        settings.put("iceberg.control.topic", controlTopic());
        settings.put(
                "iceberg.control.commit.interval-ms",
                Long.toString(work.commitInterval().toMillis()));
        settings.put("iceberg.kafka.bootstrap.servers", work.bootstrapServers());
        settings.putAll(work.topics().size() == 1 ? oneTable() : tableOfEachTopic());
        if (work.topics().stream().anyMatch(topic -> topic.rows() < topic.records())) {
            settings.putAll(tolerance());
        }
        return Map.copyOf(settings);
    }

    private Map<String, String> oneTable() {
        return Map.of(
                "iceberg.catalog.warehouse",
                Lake.warehouse(work),
                "iceberg.tables",
                namespace + "." + work.topics().get(0).name());
    }

    private Map<String, String> tableOfEachTopic() {
        return Map.of(
                "iceberg.catalog.warehouse",
                Lake.warehouse(work) + "/" + namespace,
                "iceberg.tables.dynamic-enabled",
                "true",
                "iceberg.tables.route-field",
                ROUTE,
                "transforms",
                "route",
                "transforms.route.type",
                "org.apache.kafka.connect.transforms.InsertField$Value",
                "transforms.route.topic.field",
                ROUTE);
    }

    /** What can't be read goes to a topic of its own, the way of Connect's users to keep a connector running. */
    private Map<String, String> tolerance() {
        return Map.of(
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", name + "-unreadable",
                "errors.deadletterqueue.topic.replication.factor", "1");
    }
}

package dev.firn.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.measure.Work.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {

    @Test
    void namesTheTableOfOneTopic() {
        assertThat(settings(topic("orders", 5, 5)))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("name", "sink"),
                        Map.entry("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector"),
                        Map.entry("tasks.max", "2"),
                        Map.entry("topics", "orders"),
                        Map.entry("iceberg.catalog.type", "hadoop"),
                        Map.entry("iceberg.catalog.warehouse", "file:/lake"),
                        Map.entry("iceberg.tables", "shop_0.orders"),
                        Map.entry("iceberg.control.topic", "sink-control"),
                        Map.entry("iceberg.control.commit.interval-ms", "10000"),
                        Map.entry("iceberg.kafka.bootstrap.servers", "broker:9092")));
    }

    @Test
    void routesSeveralTopicsByTheirNames() {
        assertThat(settings(topic("orders", 5, 5), topic("refunds", 5, 5)))
                .containsEntry("topics", "orders,refunds")
                .containsEntry("iceberg.catalog.warehouse", "file:/lake/shop_0")
                .containsEntry("iceberg.tables.dynamic-enabled", "true")
                .containsEntry("iceberg.tables.route-field", "_topic")
                .containsEntry("transforms.route.topic.field", "_topic")
                .doesNotContainKey("iceberg.tables");
    }

    @Test
    void toleratesRecordsOnlyWhereSomeAreNotToBeRows() {
        assertThat(settings(topic("orders", 5, 4)))
                .containsEntry("errors.tolerance", "all")
                .containsEntry("errors.deadletterqueue.topic.name", "sink-unreadable");
        assertThat(settings(topic("orders", 5, 5))).doesNotContainKey("errors.tolerance");
    }

    private static Map<String, String> settings(Topic... topics) {
        Work work = new Work(
                "broker:9092",
                "http://registry",
                Path.of("/lake"),
                "shop",
                1,
                2,
                Duration.ofSeconds(10),
                Arrays.asList(topics));
        return new SinkSettings(work, work.namespace(0), "sink").settings();
    }

    private static Topic topic(String name, long records, long rows) {
        return new Topic(name, Path.of(name + ".avsc"), records, rows, List.of(), Path.of(""));
    }
}

package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cluster.Cluster;
import dev.firn.flink.JobSettings;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.RegistryProxy;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.VersionedTopic;
import dev.firn.it.testing.VersionedTopic.Version;
import dev.firn.it.testing.cluster.ClusterFolder;
import dev.firn.it.testing.cluster.SubmittedPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two TaskManagers: most tables' records are read in one and about half of them are written in the other. Which is asked of the
 * registry shows whether a schema went along with them.
 */
@Tag("heavy")
class SchemasBetweenProcessesIT {

    /** So many that it would be a wonder if each were written where it is read. */
    private static final int TOPICS = 16;

    private static final long RECORDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name = Stack.unique("between");
    private final List<VersionedTopic> topics = IntStream.range(0, TOPICS)
            .mapToObj(topic -> VersionedTopic.create(Stack.unique("between_" + topic), 1))
            .toList();

    @Test
    void eachSchemaIsAskedForOnceByWhoReadsAndGoesAlongToWhoWrites() throws Exception {
        Map<Integer, Integer> once = new HashMap<>();
        int column = 0;
        for (VersionedTopic topic : topics) {
            Version version = Version.register(topic.name() + "-value", "column_" + column++);
            topic.send(0, version, 1, RECORDS);
            once.put(version.id(), 1);
        }
        assertThat(once).hasSize(TOPICS);
        Path folder = ClusterFolder.fresh(Stack.folder(), name);
        String catalog = "jdbc:sqlite:file:" + folder.resolve("catalog.db");
        try (RegistryProxy registry = new RegistryProxy();
                Cluster cluster = ClusterFolder.start(folder.resolve("cluster"), 2);
                SubmittedPipeline pipeline = SubmittedPipeline.submit(
                        cluster.restAddress(), pipelineFile(folder, registry, catalog), JobSettings.Restarts.NEVER)) {
            awaitAllCommitted(pipeline);

            assertThat(registry.answered()).isEqualTo(once);
            pipeline.stop(folder.resolve("savepoints"));
        }
        Catalog tables = ForeignTable.catalog(Map.of(
                "type",
                "jdbc",
                "uri",
                catalog,
                "warehouse",
                folder.resolve("lake").toUri().toString()));
        for (VersionedTopic topic : topics) {
            assertThat(new ForeignTable(tables, TableIdentifier.of(name, topic.name()))
                            .numbers(Expressions.alwaysTrue()))
                    .isEqualTo(LongStream.rangeClosed(1, RECORDS).boxed().toList());
        }
    }

    private Path pipelineFile(Path folder, RegistryProxy registry, String catalog) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                pipeline: {name: %s, checkpoint-interval: 500ms, parallelism: 2}
                source:
                  type: kafka
                  topics: [%s]
                  properties: {bootstrap.servers: "%s"}
                  format: {type: avro, registry: {url: "%s"}}
                sink:
                  type: iceberg
                  catalog: {type: jdbc, uri: "%s", warehouse: "%s", jdbc.schema-version: V1, jdbc.journal_mode: WAL, jdbc.busy_timeout: "30000"}
                """
                        .formatted(
                                name,
                                topics.stream().map(VersionedTopic::name).collect(Collectors.joining(", ")),
                                Stack.running().bootstrapServers(),
                                registry.url(),
                                catalog,
                                folder.resolve("lake").toUri()));
    }

    private static void awaitAllCommitted(SubmittedPipeline pipeline) {
        Awaitility.await("all records to be in the ledger")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    JobStatus status = pipeline.status();
                    if (status.isTerminalState()) {
                        throw new IllegalStateException("the job is " + status + ":\n" + pipeline.failure());
                    }
                    return pipeline.lake().ledger().read().positions().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            == TOPICS * RECORDS;
                });
    }
}

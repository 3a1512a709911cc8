package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.workload.TopicLoad;
import dev.firn.benchmarks.workload.Workload;
import dev.firn.devstack.DevstackProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The topics of a workload, full; they go when this is closed. */
public final class Loaded implements AutoCloseable {

    private final DevstackProcess stack;
    private final Workload workload;
    private final List<Work.Topic> topics;

    private Loaded(DevstackProcess stack, Workload workload, List<Work.Topic> topics) {
        this.stack = stack;
        this.workload = workload;
        this.topics = List.copyOf(topics);
    }

    /** Makes the topics, registers the schemas and writes the records. */
    public static Loaded load(DevstackProcess stack, Workload workload, long seed, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path schema = Files.writeString(
                folder.resolve("value.avsc"), workload.schema().toString(true));
        Path keySchema = Files.writeString(
                folder.resolve("key.avsc"), TopicLoad.keySchema().toString(true));
        int id = 0;
        int keyId = 0;
        for (String topic : workload.topicNames()) {
            stack.createTopic(topic, workload.partitions());
            id = stack.register(topic + "-value", workload.schema().toString());
            if (!workload.key().isEmpty()) {
                keyId = stack.register(topic + "-key", TopicLoad.keySchema().toString());
            }
        }
        Map<String, Long> rows = new TopicLoad(workload, id, keyId, seed).fill(stack.bootstrapServers());
        List<Work.Topic> topics = new ArrayList<>();
        rows.forEach((topic, count) ->
                topics.add(new Work.Topic(topic, schema, workload.recordsOfEach(), count, workload.key(), keySchema)));
        return new Loaded(stack, workload, topics);
    }

    public List<Work.Topic> topics() {
        return topics;
    }

    @Override
    public void close() throws IOException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()))) {
            admin.deleteTopics(Set.copyOf(workload.topicNames())).all().get();
        } catch (ExecutionException e) {
            throw new IOException("the topics of " + workload.name() + " can't be deleted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

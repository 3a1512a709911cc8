package dev.firn.devstack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics of the broker. */
record Topics(Admin admin) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Topics of(String bootstrapServers) {
        return new Topics(Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
    }

    void create(String name, int partitions) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
        try {
            admin.createTopics(List.of(topic)).all().get();
            awaitVisible(name);
        } catch (ExecutionException problem) {
            throw new DevstackException("can't create topic `" + name + "`: " + message(problem), problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while creating topic `" + name + "`", interrupted);
        }
    }

    /** A topic is made when the controller says so; brokers know it when they have read that, a moment later. */
    private void awaitVisible(String name) throws ExecutionException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                admin.describeTopics(List.of(name)).allTopicNames().get();
                return;
            } catch (ExecutionException notYet) {
                if (!(notYet.getCause() instanceof UnknownTopicOrPartitionException)
                        || Instant.now().isAfter(deadline)) {
                    throw notYet;
                }
            }
        }
    }

    void createIfMissing(String name, int partitions) {
        try {
            create(name, partitions);
        } catch (DevstackException problem) {
            if (problem.getCause() == null || !(problem.getCause().getCause() instanceof TopicExistsException)) {
                throw problem;
            }
        }
    }

    private static String message(ExecutionException problem) {
        return String.valueOf(
                problem.getCause() == null ? problem : problem.getCause().getMessage());
    }

    @Override
    public void close() {
        admin.close();
    }
}

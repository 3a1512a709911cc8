package dev.firn.it.testing.evolution;

import dev.firn.it.testing.Stack;
import dev.firn.it.testing.evolution.Scenario.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers that write to every topic all the time, each with a version of its own, until they are stopped. */
public final class Load implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
            Map.of("bootstrap.servers", Stack.running().bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private final List<Topic> topics;
    private final int producers;
    private final ScheduledExecutorService threads;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** A topic under load. */
    public static final class Topic {

        private final Scenario scenario;
        private final String name;
        private final List<Integer> schemaIds = new ArrayList<>();
        private final List<AtomicInteger> versions = new ArrayList<>();
        private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());

        private Topic(Scenario scenario, int producers) {
            this.scenario = scenario;
            this.name = Stack.unique(scenario.name().replace('-', '_'));
            for (int producer = 0; producer < producers; producer++) {
                versions.add(new AtomicInteger());
            }
            Stack.running().createTopic(name, PARTITIONS);
            register();
        }

        private void register() {
            Schema next = scenario.versions().get(schemaIds.size());
            schemaIds.add(Stack.running().register(name + "-value", next.toString()));
        }

        public Scenario scenario() {
            return scenario;
        }

        public String name() {
            return name;
        }

        /** All that its producers have sent so far. */
        public List<Sent> sent() {
            synchronized (sent) {
                return List.copyOf(sent);
            }
        }

        private void produce(int producer, long round, KafkaProducer<byte[], byte[]> kafka, Load load) {
            int version = versions.get(producer).get();
            Sent next = new Sent(version, round * versions.size() + producer);
            byte[] key = Long.toString(next.id()).getBytes(StandardCharsets.US_ASCII);
            byte[] value = Rows.framed(
                    schemaIds.get(version), Rows.filled(scenario.versions().get(version), next.id()));
            kafka.send(new ProducerRecord<>(name, (int) (round % PARTITIONS), key, value), (metadata, failed) -> {
                if (failed != null) {
                    load.failure.compareAndSet(null, failed);
                }
            });
            sent.add(next);
        }
    }

    /** The topics are there with their first versions, which all producers write. */
    public Load(List<Scenario> scenarios, int producers) {
        this.topics = scenarios.stream()
                .map(scenario -> new Topic(scenario, producers))
                .toList();
        this.producers = producers;
        this.threads = Executors.newScheduledThreadPool(producers);
    }

    public List<Topic> topics() {
        return topics;
    }

    /** Each producer writes a record to every topic, again and again. */
    public void start(long everyMillis) {
        for (int producer = 0; producer < producers; producer++) {
            int own = producer;
            AtomicInteger rounds = new AtomicInteger();
            threads.scheduleAtFixedRate(
                    () -> round(own, rounds.getAndIncrement()), 0, everyMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void round(int producer, long round) {
        try {
            topics.forEach(topic -> topic.produce(producer, round, kafka, this));
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    /** Registers the version after the last of each topic that has one. */
    public void register() {
        for (Topic topic : topics) {
            if (topic.schemaIds.size() < topic.scenario.versions().size()) {
                topic.register();
            }
        }
    }

    /** From now on the producer writes a version, or the last of those that a topic has; others write on what they wrote. */
    public void turn(int producer, int version) {
        topics.forEach(topic -> topic.versions.get(producer).set(Math.min(version, topic.schemaIds.size() - 1)));
    }

    /** Returns when the broker has all that was sent. */
    public void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the producers do not end");
        }
        kafka.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all records could be written", failure.get());
        }
    }

    /** How many records the topics have. */
    public long records() {
        return topics.stream().mapToLong(topic -> topic.sent().size()).sum();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        kafka.close();
    }
}

package dev.firn.flink.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic in memory, found by its name, whose partitions only grow. */
public final class FakeTopic {

    private static final Map<String, FakeTopic> TOPICS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "topic-" + COUNT.incrementAndGet();
    private final List<List<String>> partitions = new ArrayList<>();
    private final Map<Integer, Long> skipped = new ConcurrentHashMap<>();
    private CompletableFuture<Void> more = new CompletableFuture<>();

    private FakeTopic(int count) {
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new ArrayList<>());
        }
    }

    public static FakeTopic create(int partitions) {
        FakeTopic topic = new FakeTopic(partitions);
        TOPICS.put(topic.name, topic);
        return topic;
    }

    static FakeTopic named(String name) {
        FakeTopic topic = TOPICS.get(name);
        if (topic == null) {
            throw new IllegalStateException("no topic " + name);
        }
        return topic;
    }

    public String name() {
        return name;
    }

    synchronized int partitions() {
        return partitions.size();
    }

    public void produce(int partition, String... values) {
        CompletableFuture<Void> waited;
        synchronized (this) {
            partitions.get(partition).addAll(List.of(values));
            waited = more;
            more = new CompletableFuture<>();
        }
        waited.complete(null);
    }

    /** The reader passes over a record and does not say so. */
    public void skip(int partition, long position) {
        skipped.put(partition, position);
    }

    boolean skips(int partition, long position) {
        return Long.valueOf(position).equals(skipped.get(partition));
    }

    synchronized long end(int partition) {
        return partitions.get(partition).size();
    }

    synchronized String at(int partition, long position) {
        return partitions.get(partition).get((int) position);
    }

    /** All records as {@link FakeWriters} write them. */
    public synchronized List<String> rows(String source, String schema) {
        List<String> rows = new ArrayList<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<String> values = partitions.get(partition);
            for (int position = 0; position < values.size(); position++) {
                rows.add(source + "/" + name + "-" + partition + "@" + position + " " + schema + " "
                        + values.get(position));
            }
        }
        return rows;
    }

    /** Completes when something is produced after this call. */
    synchronized CompletableFuture<Void> more() {
        return more;
    }
}

package dev.firn.connector.kafka.flink;

import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.SchemaTrouble;
import dev.firn.spi.source.WaitingSplit;
import dev.firn.spi.source.WaitingSplits;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that stand at a record whose schema nobody knows yet. What was polled from there on is given back: the
 * consumer goes back to that record and pauses, so a partition that waits has simply not been read any further. Fetcher thread
 * only, but for {@link #waiting}.
 */
final class HeldPartitions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);

    private final Consumer<byte[], byte[]> consumer;
    private final SchemaGate gate;
    private final Map<TopicPartition, Held> held = new LinkedHashMap<>();
    private final Set<TopicPartition> pausedByFlink = new HashSet<>();
    private final Map<TopicPartition, WaitingSplit> waiting = new ConcurrentHashMap<>();
    private final WaitingSplits.Reader shown = WaitingSplits.show(this::waiting);

    private record Held(OpenSplit split, long offset, int schemaId) {}

    HeldPartitions(Consumer<byte[], byte[]> consumer, SchemaGate gate) {
        this.consumer = consumer;
        this.gate = gate;
        gate.onNews(consumer::wakeup);
    }

    /** What the registry was asked for in vain at least once. */
    Collection<WaitingSplit> waiting() {
        return waiting.values();
    }

    /** The records in front of the first that can't be let go; at that one the partition is held. */
    List<ConsumerRecord<byte[], byte[]>> passing(OpenSplit split, List<ConsumerRecord<byte[], byte[]>> polled) {
        for (int index = 0; index < polled.size(); index++) {
            ConsumerRecord<byte[], byte[]> record = polled.get(index);
            OptionalInt missing = gate.missing(record.key(), record.value());
            if (missing.isPresent()) {
                // With its epoch, so that a leader that never had the record is noticed.
                consumer.seek(split.partition(), new OffsetAndMetadata(record.offset(), record.leaderEpoch(), ""));
                consumer.pause(List.of(split.partition()));
                held.put(split.partition(), new Held(split, record.offset(), missing.getAsInt()));
                return polled.subList(0, index);
            }
        }
        return polled;
    }

    /** Reads on where the schema is known by now; throws where it was waited for too long. */
    void goOn() {
        for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
            Held next = each.next();
            TopicPartition partition = next.split().partition();
            if (gate.isKnown(next.schemaId())) {
                each.remove();
                if (!pausedByFlink.contains(partition)) {
                    consumer.resume(List.of(partition));
                }
                sayItGoesOn(partition);
                continue;
            }
            SchemaTrouble trouble = gate.trouble(next.schemaId()).orElse(null);
            if (trouble == null) {
                continue;
            }
            if (trouble.verdict() == SchemaTrouble.Verdict.FAIL) {
                throw ReadFailures.withoutSchema(partition, next.offset(), trouble);
            }
            sayItWaits(next, trouble);
        }
    }

    private void sayItWaits(Held split, SchemaTrouble trouble) {
        TopicPartition partition = split.split().partition();
        WaitingSplit before = waiting.get(partition);
        // Looked for once a partition, for each fetch comes by here.
        if (before == null && isFirst(partition.topic(), split.schemaId())) {
            LOG.warn(
                    "{} waits at offset {}, and so does each partition of the topic that comes to schema id {}: {}",
                    split.split(),
                    split.offset(),
                    split.schemaId(),
                    trouble.reason());
        }
        Instant since = before == null ? Instant.now().minus(trouble.waited()) : before.since();
        waiting.put(
                partition,
                new WaitingSplit(split.split().split(), split.offset(), split.schemaId(), trouble.reason(), since));
    }

    private void sayItGoesOn(TopicPartition partition) {
        WaitingSplit waited = waiting.remove(partition);
        if (waited != null && isFirst(partition.topic(), waited.schemaId())) {
            LOG.info("topic {} goes on with records of schema id {}", partition.topic(), waited.schemaId());
        }
    }

    /** Whether no partition of the topic waits for the schema, so that a topic of many is one line. */
    private boolean isFirst(String topic, int schemaId) {
        return waiting.values().stream()
                .noneMatch(other -> other.split().stream().equals(topic) && other.schemaId() == schemaId);
    }

    /** What Flink pauses or lets go, as far as a schema does not hold it. */
    void pauseOrResume(Collection<TopicPartition> pause, Collection<TopicPartition> resume) {
        pausedByFlink.removeAll(resume);
        pausedByFlink.addAll(pause);
        consumer.resume(resume.stream()
                .filter(partition -> !held.containsKey(partition))
                .toList());
        consumer.pause(pause);
    }

    @Override
    public void close() {
        shown.close();
        gate.close();
    }
}

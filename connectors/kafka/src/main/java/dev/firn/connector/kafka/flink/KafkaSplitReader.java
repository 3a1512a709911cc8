package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.schema.SchemaGate;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.WaitingSplit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Polls the partitions of one subtask. Unlike the connector's own reader it looks at the consumer's position after each
 * poll, so that those behind learn how far it is where a partition ends in what never becomes a record.
 */
final class KafkaSplitReader implements SplitReader<SourceEvent, KafkaPartitionSplit> {

    private static final Duration POLL = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final KnownTopics topics;
    private final LostPositions lost;
    private final HeldPartitions held;
    private final StartRules rules;
    private final ReadMetrics metrics;
    private final Function<ClusterFailure, String> complaints;
    private final Map<TopicPartition, OpenSplit> open = new LinkedHashMap<>();
    private final List<OpenSplit> unannounced = new ArrayList<>();

    /** Where splits start, what they count in, what follows where records are gone, and which may be let go. */
    record Rules(StartRules starts, KnownTopics topics, LostOffsets lostOffsets, SchemaGate gate) {}

    /** @param complaints how a failure of the clients is said */
    KafkaSplitReader(
            Consumer<byte[], byte[]> consumer,
            Rules rules,
            ReadMetrics metrics,
            Function<ClusterFailure, String> complaints) {
        this.consumer = consumer;
        this.topics = rules.topics();
        this.lost = new LostPositions(consumer, rules.topics(), rules.lostOffsets());
        this.held = new HeldPartitions(consumer, rules.gate());
        this.rules = rules.starts();
        this.metrics = metrics;
        this.complaints = complaints;
    }

    @Override
    public RecordsWithSplitIds<SourceEvent> fetch() {
        RecordsBySplits.Builder<SourceEvent> batch = new RecordsBySplits.Builder<>();
        if (!unannounced.isEmpty()) {
            unannounced.forEach(split -> batch.add(split.id(), split.opened()));
            unannounced.clear();
            return batch.build();
        }
        try {
            held.goOn();
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            topics.requireSame(open.values());
            for (OpenSplit split : open.values()) {
                List<ConsumerRecord<byte[], byte[]>> passing = held.passing(split, polled.records(split.partition()));
                List<SourceEvent> events = split.events(passing, position(split));
                if (!events.isEmpty()) {
                    batch.addAll(split.id(), events);
                }
            }
            metrics.polled(polled.partitions());
        } catch (WakeupException e) {
            // Somebody wants the fetcher's attention; what was not polled will be.
        } catch (InvalidOffsetException e) {
            passLost(e, batch);
        } catch (ClusterFailure failure) {
            throw ReadFailures.of(failure, complaints.apply(failure));
        } catch (KafkaException e) {
            throw said(e);
        }
        return batch.build();
    }

    private void passLost(InvalidOffsetException thrown, RecordsBySplits.Builder<SourceEvent> batch) {
        Map<TopicPartition, Long> wanted = thrown instanceof OffsetOutOfRangeException outOfRange
                ? outOfRange.offsetOutOfRangePartitions()
                : Map.of();
        try {
            for (TopicPartition partition : thrown.partitions()) {
                OpenSplit split = open.get(partition);
                if (split == null) {
                    throw new IllegalStateException("our bug: " + partition + " is read and was not opened");
                }
                if (thrown instanceof LogTruncationException cut) {
                    throw ReadFailures.cutOff(
                            partition, split.told(), cut.divergentOffsets().get(partition));
                }
                long position = wanted.getOrDefault(partition, split.told());
                if (position < split.told()) {
                    // The last record that was read is deleted by now, and nothing can be found out about it.
                    consumer.seek(partition, split.told());
                } else {
                    batch.addAll(split.id(), lost.pass(split, position));
                }
            }
        } catch (ClusterFailure failure) {
            throw ReadFailures.of(failure, complaints.apply(failure));
        } catch (KafkaException e) {
            throw said(e);
        }
    }

    /**
     * The position behind what was polled. Where the consumer can't say it at once, because the partition has just got
     * another leader, the next poll will; and so it will say what is wrong with it, before it hands out anything more. Here
     * that would keep what was polled of other partitions from being passed on.
     */
    private long position(OpenSplit split) {
        try {
            return consumer.position(split.partition(), Duration.ZERO);
        } catch (TimeoutException | WakeupException | InvalidOffsetException e) {
            return split.told();
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new IllegalStateException("our bug: nobody takes partitions from a reader");
        }
        try {
            open(change.splits());
        } catch (ClusterFailure failure) {
            throw ReadFailures.of(failure, complaints.apply(failure));
        } catch (KafkaException e) {
            throw said(e);
        }
    }

    private void open(List<KafkaPartitionSplit> added) throws ClusterFailure {
        List<TopicPartition> partitions =
                added.stream().map(KafkaPartitionSplit::getTopicPartition).toList();
        Map<String, String> ids = topics.open(
                Set.copyOf(added.stream().map(KafkaPartitionSplit::getTopic).toList()));
        Set<TopicPartition> assignment = new HashSet<>(consumer.assignment());
        assignment.addAll(partitions);
        consumer.assign(assignment);
        for (KafkaPartitionSplit split : added) {
            TopicPartition partition = split.getTopicPartition();
            Split live = rules.split(partition, known(ids, split.getTopic()));
            long position = rules.resume(split, live, start(split));
            if (position < 0) {
                throw new IllegalStateException("our bug: " + partition + " has no start but " + position);
            }
            seek(partition, position, rules.lastRecord(split, live, position));
            OpenSplit opened = new OpenSplit(partition, live, split.splitId(), position);
            open.put(partition, opened);
            unannounced.add(opened);
        }
    }

    /**
     * Goes back to behind the last record where it is known, and says under which leader that was written. A consumer asks the brokers
     * whether they still have that, before it hands anything out: where the end of a partition was cut off while nobody read it, and
     * others were written in its place, the position alone would pass those over.
     */
    private void seek(TopicPartition partition, long position, Optional<LastRecord> last) {
        if (last.isEmpty()) {
            consumer.seek(partition, position);
        } else {
            consumer.seek(
                    partition,
                    new OffsetAndMetadata(
                            last.get().behind(), Optional.of(last.get().term()), ""));
        }
    }

    /**
     * The connector's enumerator leaves the start of partitions that it finds later open. They were added since: all their
     * records count, from the very first, and where that is deleted already it is known to be missing.
     */
    private static long start(KafkaPartitionSplit split) {
        return split.getStartingOffset() == KafkaPartitionSplit.EARLIEST_OFFSET
                ? StartOffsets.FIRST_OFFSET
                : split.getStartingOffset();
    }

    private RuntimeException said(KafkaException thrown) {
        if (thrown instanceof InterruptException) {
            return thrown;
        }
        ClusterFailure failure = ClusterFailure.of(thrown);
        return ReadFailures.of(failure, complaints.apply(failure));
    }

    private static String known(Map<String, String> ids, String topic) {
        String id = ids.get(topic);
        if (id == null) {
            throw new IllegalStateException("our bug: the id of topic " + topic + " was not asked for");
        }
        return id;
    }

    @Override
    public void pauseOrResumeSplits(Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
        held.pauseOrResume(partitions(toPause), partitions(toResume));
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
    }

    /** For whoever shows what is waited for; any thread. */
    Collection<WaitingSplit> waiting() {
        return held.waiting();
    }

    @Override
    public void close() {
        held.close();
        consumer.close();
    }

    private static List<TopicPartition> partitions(Collection<KafkaPartitionSplit> splits) {
        return splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList();
    }
}

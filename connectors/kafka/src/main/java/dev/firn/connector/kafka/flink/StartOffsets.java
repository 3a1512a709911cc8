package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.spi.record.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Resolves where partitions start to numbers, before anything is read: the ledger's position, else the file's
 * {@code startup}. A number in the state is what makes a partition without a record resume where it began.
 */
final class StartOffsets implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    /** Where every partition begins its life. */
    static final long FIRST_OFFSET = 0;

    private final transient StartRules rules;
    private final transient LiveTopics topics;
    private final Unknown unknown;
    private final Set<String> readBefore;

    /**
     * Where a partition starts that nobody knows a position of.
     *
     * @param selected topics that the file does not name. Where the source was read before they may have come since, so
     *     that {@code latest} would leave out what they have had from their first record on.
     */
    record Unknown(Startup startup, Set<String> selected) implements Serializable {

        Unknown {
            selected = Set.copyOf(selected);
        }
    }

    /** @param readBefore topics that Flink's state knows; a partition of theirs that it does not know came later */
    StartOffsets(StartRules rules, LiveTopics topics, Unknown unknown, Set<String> readBefore) {
        this.rules = rules;
        this.topics = topics;
        this.unknown = unknown;
        this.readBefore = Set.copyOf(readBefore);
    }

    /** What the brokers say now; asked by the enumerator's worker thread only. */
    interface LiveTopics {

        String topicId(String topic);

        Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions);

        Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions);
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<TopicPartition> atStart = new ArrayList<>();
        List<TopicPartition> atEnd = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Split split = rules.split(partition, topics.topicId(partition.topic()));
            OptionalLong known = rules.ledgerPosition(split);
            if (known.isPresent()) {
                offsets.put(partition, known.getAsLong());
            } else if (isReadBefore(partition.topic())) {
                // Not where the brokers begin by now: what they have deleted since is missing, and must be seen to be.
                offsets.put(partition, FIRST_OFFSET);
            } else if (unknown.startup() == Startup.EARLIEST || mayHaveComeSince(partition.topic())) {
                atStart.add(partition);
            } else {
                atEnd.add(partition);
            }
        }
        // The connector's retriever answers with the end behind open transactions, whose records would be skipped.
        offsets.putAll(topics.starts(atStart));
        offsets.putAll(topics.ends(atEnd));
        return offsets;
    }

    /** A partition that was added to a topic since: all its records came after the topic was first read. */
    private boolean isReadBefore(String topic) {
        return readBefore.contains(topic) || rules.isTopicInLedger(topic);
    }

    private boolean mayHaveComeSince(String topic) {
        return unknown.selected().contains(topic) && (!readBefore.isEmpty() || rules.isSourceInLedger());
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}

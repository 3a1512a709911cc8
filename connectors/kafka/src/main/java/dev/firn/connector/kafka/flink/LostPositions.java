package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.spi.record.SourceEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows where the brokers do not have a position that was to be read. What they have deleted is passed, if the file
 * wants it; an end that was cut off never is, for other records may stand at the same positions later.
 */
final class LostPositions {

    private static final Logger LOG = LoggerFactory.getLogger(LostPositions.class);

    /** As long as Kafka's client itself tries. */
    private static final Duration ASK_AGAIN_FOR = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final KnownTopics topics;
    private final LostOffsets choice;

    LostPositions(Consumer<byte[], byte[]> consumer, KnownTopics topics, LostOffsets choice) {
        this.consumer = consumer;
        this.topics = topics;
        this.choice = choice;
    }

    /**
     * Goes on behind what was deleted and tells the gap, or throws with the reason.
     *
     * @param wanted the position that the brokers do not have
     */
    List<SourceEvent> pass(OpenSplit split, long wanted) throws ClusterFailure {
        TopicPartition partition = split.partition();
        // A topic made anew lacks the position, too, and has deleted nothing.
        topics.requireSame(split.split());
        List<TopicPartition> asked = List.of(partition);
        Long start = awake(() -> consumer.beginningOffsets(asked)).get(partition);
        Long end = awake(() -> consumer.endOffsets(asked)).get(partition);
        if (start == null || end == null) {
            throw ReadFailures.lost(partition, wanted, null);
        }
        if (choice == LostOffsets.FAIL || wanted >= start) {
            throw ReadFailures.lost(partition, wanted, new ReadFailures.Available(start, end));
        }
        LOG.warn("{}: offsets {} to {} were deleted before they were read; goes on behind them", split, wanted, start);
        consumer.seek(partition, start);
        return split.lost(wanted, start);
    }

    /**
     * Asks again where a wake-up cut the question short. Kafka remembers one until something blocks, and each schema that comes
     * to be known is another.
     */
    private static <T> T awake(Supplier<T> question) {
        long start = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (WakeupException e) {
                if (System.nanoTime() - start >= ASK_AGAIN_FOR.toNanos()) {
                    throw e;
                }
            }
        }
    }
}

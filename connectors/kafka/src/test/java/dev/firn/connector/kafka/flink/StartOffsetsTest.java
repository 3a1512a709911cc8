package dev.firn.connector.kafka.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {

    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);

    @Test
    void earliestIsANumber() {
        assertThat(offsets(Startup.EARLIEST, StartPositions.none(), Set.of()))
                .isEqualTo(Map.of(ORDERS_0, 5L, ORDERS_1, 5L));
    }

    @Test
    void latestIsANumber() {
        assertThat(offsets(Startup.LATEST, StartPositions.none(), Set.of()))
                .isEqualTo(Map.of(ORDERS_0, 90L, ORDERS_1, 90L));
    }

    @Test
    void theLedgerComesFirstAndItsTopicsNewPartitionsFromTheirVeryFirstOffset() {
        StartPositions ledger = StartPositions.of(Map.of(new Split("events", "orders", 0, "id-1"), 40L));

        assertThat(offsets(Startup.LATEST, ledger, Set.of())).isEqualTo(Map.of(ORDERS_0, 40L, ORDERS_1, 0L));
    }

    @Test
    void newPartitionsOfATopicThatTheStateKnowsStartAtTheirVeryFirstOffset() {
        for (Startup startup : Startup.values()) {
            assertThat(offsets(startup, StartPositions.none(), Set.of("orders")))
                    .isEqualTo(Map.of(ORDERS_0, 0L, ORDERS_1, 0L));
        }
    }

    @Test
    void nothingIsEverReset() {
        StartOffsets offsets = new StartOffsets(
                new StartRules("events", StartPositions.none()), new FiveToNinety(), all(Startup.LATEST), Set.of());

        assertThat(offsets.getAutoOffsetResetStrategy()).isEqualTo(OffsetResetStrategy.NONE);
    }

    private static StartOffsets.Unknown all(Startup startup) {
        return new StartOffsets.Unknown(startup, Set.of());
    }

    /** It may have come while nobody read: then its first records are behind the last ones that were read. */
    @Test
    void aSelectedTopicThatNobodyKnowsStartsAtItsBeginningWhereTheSourceWasReadBefore() {
        StartPositions ofAnother = StartPositions.of(Map.of(new Split("events", "refunds", 0, "id-2"), 40L));

        assertThat(selected(ofAnother, Set.of())).isEqualTo(Map.of(ORDERS_0, 5L, ORDERS_1, 5L));
        assertThat(selected(StartPositions.none(), Set.of("refunds"))).isEqualTo(Map.of(ORDERS_0, 5L, ORDERS_1, 5L));
        assertThat(selected(StartPositions.none(), Set.of())).isEqualTo(Map.of(ORDERS_0, 90L, ORDERS_1, 90L));
        assertThat(selected(StartPositions.of(Map.of(new Split("eventsource", "refunds", 0, "id-2"), 40L)), Set.of()))
                .as("another source")
                .isEqualTo(Map.of(ORDERS_0, 90L, ORDERS_1, 90L));
        assertThat(offsets(Startup.LATEST, ofAnother, Set.of("refunds")))
                .as("named in the file, so whoever added it wants its end")
                .isEqualTo(Map.of(ORDERS_0, 90L, ORDERS_1, 90L));
    }

    private static Map<TopicPartition, Long> selected(StartPositions ledger, Set<String> readBefore) {
        return new StartOffsets(
                        new StartRules("events", ledger),
                        new FiveToNinety(),
                        new StartOffsets.Unknown(Startup.LATEST, Set.of("orders")),
                        readBefore)
                .getPartitionOffsets(List.of(ORDERS_0, ORDERS_1), new NotAsked());
    }

    private static Map<TopicPartition, Long> offsets(Startup startup, StartPositions ledger, Set<String> readBefore) {
        return new StartOffsets(new StartRules("events", ledger), new FiveToNinety(), all(startup), readBefore)
                .getPartitionOffsets(List.of(ORDERS_0, ORDERS_1), new NotAsked());
    }

    /** Every partition holds [5, 90). */
    private static final class FiveToNinety implements StartOffsets.LiveTopics {

        @Override
        public String topicId(String topic) {
            return "id-1";
        }

        @Override
        public Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
            return all(partitions, 5L);
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
            return all(partitions, 90L);
        }

        private static Map<TopicPartition, Long> all(Collection<TopicPartition> partitions, long offset) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, offset));
            return offsets;
        }
    }

    /** The connector's retriever knows nothing of transactions. */
    private static final class NotAsked implements PartitionOffsetsRetriever {

        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("asked for committed offsets");
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("asked for ends");
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            throw new AssertionError("asked for starts");
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestamps) {
            throw new AssertionError("asked for times");
        }
    }
}

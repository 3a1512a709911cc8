package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a partition is read from. Flink's state and the ledger both know positions, each with the id of the topic it
 * counts in; the one that is further ahead counts, and a position of another topic id never does.
 */
final class StartRules {

    private final String source;
    private final StartPositions ledger;

    StartRules(String source, StartPositions ledger) {
        this.source = source;
        this.ledger = ledger;
    }

    /** The partition under the name that it has in the pipeline. */
    Split split(TopicPartition partition, String topicId) {
        return new Split(source, partition.topic(), partition.partition(), topicId);
    }

    /** The ledger's position; refuses one that counts in another topic of the same name. */
    OptionalLong ledgerPosition(Split split) {
        StartPositions.Known known = ledger.of(split).orElse(null);
        if (known == null) {
            return OptionalLong.empty();
        }
        refuseAnother(split, known.incarnation());
        return OptionalLong.of(known.position());
    }

    /** Whether the ledger knows any partition of the topic: then a partition that it does not know came later. */
    boolean isTopicInLedger(String topic) {
        String prefix = source + "/" + topic + "-";
        return ledger.bySplitId().keySet().stream()
                .anyMatch(id -> id.startsWith(prefix)
                        && id.substring(prefix.length()).chars().allMatch(Character::isDigit));
    }

    /** Whether the ledger knows anything of the source: then it was read before. */
    boolean isSourceInLedger() {
        return ledger.bySplitId().keySet().stream().anyMatch(id -> id.startsWith(source + "/"));
    }

    /** The split's position, or the ledger's if that is further; refuses a split of another topic of the same name. */
    long resume(KafkaPartitionSplit restored, Split live, long position) {
        String topicId = KafkaSplit.topicIdOf(restored);
        if (!topicId.equals(KafkaSplit.NOT_YET_KNOWN)) {
            refuseAnother(live, topicId);
        }
        return Math.max(position, ledgerPosition(live).orElse(position));
    }

    /** The last record that was read before {@code position}, if whoever knows that position knows it, and it is asked for. */
    Optional<LastRecord> lastRecord(KafkaPartitionSplit restored, Split live, long position) {
        if (ledger.lastRecords() == StartPositions.LastRecords.LET_GO) {
            return Optional.empty();
        }
        Optional<LastRecord> ofState =
                position == restored.getStartingOffset() ? KafkaSplit.lastOf(restored) : Optional.empty();
        return ofState.or(() -> ledger.of(live)
                .filter(known -> known.position() == position)
                .flatMap(known -> Optional.ofNullable(known.last())));
    }

    RuntimeException recreated(String topic, String knownId, String liveId) {
        return ReadFailures.recreated(source, topic, knownId, liveId);
    }

    private void refuseAnother(Split live, String knownId) {
        if (!knownId.equals(live.incarnation())) {
            throw recreated(live.stream(), knownId, live.incarnation());
        }
    }
}

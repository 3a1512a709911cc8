package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.schema.registry.SchemaTrouble;
import dev.firn.spi.source.OutsideException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Why reading stops. What the next attempt would meet again suppresses Flink's restarts; the message for the user is
 * the {@link OutsideException} in the chain of causes.
 */
final class ReadFailures {

    /** The positions that a broker still has: [{@code start}, {@code end}). */
    record Available(long start, long end) {}

    private static final String WAYS_OUT =
            "To read it, take back the epochs since with `firn rewind`; to go on without it, say"
                    + " `--allow partition-cut-off`";

    private ReadFailures() {}

    static RuntimeException recreated(String source, String topic, String knownId, String liveId) {
        return forGood("topic `" + topic + "` was deleted and made anew: the positions of source `" + source
                + "` count in the topic with id `" + knownId + "`, the brokers have one with id `" + liveId
                + "`; to read the new one from its start, list the topic in a source of its own with another `name`");
    }

    /** The broker has other positions than the one to go on from. */
    static RuntimeException lost(TopicPartition partition, long wanted, @Nullable Available available) {
        String name = "partition `" + partition + "` can't be read from offset " + wanted + " on: ";
        if (available == null) {
            return forGood(name + "the brokers do not have it");
        }
        String range = "the brokers have " + available.start() + " to " + available.end();
        return wanted < available.start()
                ? forGood(name + range + ", they have deleted what was not yet read; to go on at offset "
                        + available.start() + " and keep account of the gap, set `lost-offsets: continue`")
                : forGood(name + range + ", the end of the partition was lost or is older than what was read");
    }

    /**
     * A leader was elected that lacked the end of what was read; other records stand in its place, or will.
     *
     * @param common where the partition and what was read of it part; null where the brokers do not say
     */
    static RuntimeException cutOff(TopicPartition partition, long position, @Nullable OffsetAndMetadata common) {
        return forGood("partition `" + partition + "` was cut off"
                + (common == null ? "" : " at offset " + common.offset()) + ": it was read up to offset " + position
                + ", then a leader was elected that lacked the end of that; what was written since counts as read. "
                + WAYS_OUT);
    }

    /** There is a record where none was. */
    static RuntimeException readBefore(TopicPartition partition, long offset, long position) {
        return forGood("partition `" + partition + "` has a record at offset " + offset + ", and was read up to offset "
                + position + " without it: it was cut off and written anew, or `isolation.level` was changed. "
                + WAYS_OUT);
    }

    /** Nobody could say the schema of the record at an offset. */
    static RuntimeException withoutSchema(TopicPartition partition, long offset, SchemaTrouble trouble) {
        return forGood("partition `" + partition + "` can't be read from offset " + offset + " on: " + trouble.reason()
                + "; it was asked for " + trouble.waited().toSeconds() + " seconds, as long as `on-outage` allows");
    }

    static RuntimeException of(ClusterFailure failure, String complaint) {
        // A wrong setting stays wrong, and the cause of the complaint may quote a secret.
        return failure.kind() == ClusterFailure.Kind.WRONG_SETTING
                ? forGood(complaint)
                : new OutsideException(complaint, failure);
    }

    private static RuntimeException forGood(String message) {
        return new SuppressRestartsException(new OutsideException(message));
    }
}

package dev.firn.connector.kafka.broker;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a pipeline's quarantine is in a topic.
 *
 * @param epoch the last of which there is anything; 0 before the first
 * @param records of it that are there, in the order in which they are read
 */
record Mark(long epoch, long records) {

    static final Mark NONE = new Mark(0, 0);

    /** The epoch is the offset; nobody reads from there. */
    OffsetAndMetadata offset() {
        return new OffsetAndMetadata(epoch, Long.toString(records));
    }

    static Mark of(OffsetAndMetadata offset) throws ClusterFailure {
        try {
            return new Mark(offset.offset(), Long.parseLong(offset.metadata()));
        } catch (NumberFormatException foreign) {
            throw new ClusterFailure(
                    ClusterFailure.Kind.REFUSED,
                    "the group that marks what was sent has the word `" + offset.metadata()
                            + "`, which Firn did not write: delete the group, and what waits is sent");
        }
    }
}

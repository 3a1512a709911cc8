package dev.firn.spi.record;

import java.io.Serializable;

/**
 * A part of a stream that is read in order and whose positions count up.
 *
 * @param source the source's name in the file
 * @param stream a topic or a source table
 * @param partition 0-based
 * @param incarnation what the positions count in; for Kafka the topic id, so that a topic made anew is another one
 */
public record Split(String source, String stream, int partition, String incarnation)
        implements Serializable, Comparable<Split> {

    /** Unique in a pipeline and the same over restarts: {@code kafka/orders-3}. */
    public String id() {
        return source + "/" + stream + "-" + partition;
    }

    @Override
    public int compareTo(Split other) {
        int bySource = source.compareTo(other.source);
        if (bySource != 0) {
            return bySource;
        }
        int byStream = stream.compareTo(other.stream);
        if (byStream != 0) {
            return byStream;
        }
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : incarnation.compareTo(other.incarnation);
    }

    @Override
    public String toString() {
        return id();
    }
}

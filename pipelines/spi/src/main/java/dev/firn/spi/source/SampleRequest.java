package dev.firn.spi.source;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How much of a source somebody wants to see.
 *
 * @param streams the only ones; all where it is empty
 * @param records at most so many, over all streams and splits
 * @param limit how long reading may take
 */
public record SampleRequest(Part part, Optional<Set<String>> streams, int records, Duration limit) {

    /** Which end of each split the records are of. */
    public enum Part {
        FIRST,
        LAST
    }

    public SampleRequest {
        streams = streams.map(Set::copyOf);
        if (records < 1) {
            throw new IllegalArgumentException("no records are no sample");
        }
    }
}

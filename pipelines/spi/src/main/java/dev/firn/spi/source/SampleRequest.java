package dev.firn.spi.source;

import java.time.Duration;
import java.util.Optional;

/**
 * How much of a source somebody wants to see.
 *
 * @param stream the only one; all where it is empty
 * @param records at most so many, over all streams and splits
 * @param limit how long reading may take
 */
public record SampleRequest(Part part, Optional<String> stream, int records, Duration limit) {

    /** Which end of each split the records are of. */
    public enum Part {
        FIRST,
        LAST
    }

    public SampleRequest {
        if (records < 1) {
            throw new IllegalArgumentException("no records are no sample");
        }
    }
}

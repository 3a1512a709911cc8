package dev.firn.spi.source;

import java.util.List;

/**
 * Proposes the {@code source:} of a file that does not exist yet; found by {@link java.util.ServiceLoader} beside its connector.
 * Its methods throw {@link OutsideException} where somebody does not answer, and {@link NotProposable} where the address does not do.
 */
public interface SourceProposer {

    /** The word behind {@code type:}. */
    String type();

    /** The streams that there are, sorted, without those that somebody needs for himself. */
    List<String> streams(SourceAddress at);

    /** One that takes every record as it is, so that a sample can be had of a stream of which nothing is known. */
    ProposedSource asItIs(String stream, SourceAddress at);

    /** One that fits what was seen. */
    ProposedSource fitting(String stream, SourceAddress at, Sample seen);

    /** What was given does not do; the message is for the user. */
    final class NotProposable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NotProposable(String message) {
            super(message);
        }
    }
}

package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;

/**
 * A source as its options alone describe it.
 *
 * @param streams what it reads, as far as the file names it
 * @param guarantee one line for the plan, such as {@code exactly once, read_committed, from earliest}
 * @param selection what else it reads: none of a source whose streams are all named
 */
public record SourceDescription(List<NamedStream> streams, String guarantee, StreamSelection selection) {

    /** Of a source that reads what the file names. */
    public SourceDescription(List<NamedStream> streams, String guarantee) {
        this(streams, guarantee, StreamSelection.NONE);
    }

    public SourceDescription {
        streams = List.copyOf(streams);
    }

    /** Whether it reads a stream of that name, if there is one. */
    public boolean reads(String stream) {
        return streams.stream().anyMatch(named -> named.name().equals(stream))
                || selection.of(stream).isPresent();
    }

    /** A stream and the place in the file that names it. */
    public record NamedStream(String name, SourceSpan span) {}
}

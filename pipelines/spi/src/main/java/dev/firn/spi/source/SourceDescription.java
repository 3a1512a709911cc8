package dev.firn.spi.source;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;

/**
 * A source as its options alone describe it.
 *
 * @param streams what it reads, as far as the file names it
 * @param guarantee one line for the plan, such as {@code exactly once, read_committed, from earliest}
 */
public record SourceDescription(List<NamedStream> streams, String guarantee) {

    public SourceDescription {
        streams = List.copyOf(streams);
    }

    /** A stream and the place in the file that names it. */
    public record NamedStream(String name, SourceSpan span) {}
}

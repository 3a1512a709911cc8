package dev.firn.plan;

import dev.firn.spi.source.StreamDefinition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A source with the streams it reads.
 *
 * @param streams sorted
 * @param schemas the definition of each stream's newest schema, by the stream's name; none for streams whose schema is not known
 * @param options the connector's own options record, references unresolved
 * @param guarantee one line for people
 */
public record SourcePlan(
        String name,
        String type,
        String guarantee,
        List<String> streams,
        SortedMap<String, StreamDefinition> schemas,
        Record options) {

    public SourcePlan {
        streams = List.copyOf(streams);
        schemas = Collections.unmodifiableSortedMap(new TreeMap<>(schemas));
    }
}

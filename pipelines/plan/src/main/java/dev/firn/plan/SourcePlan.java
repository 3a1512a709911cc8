package dev.firn.plan;

import java.util.List;

/**
 * A source with the streams it reads.
 *
 * @param streams sorted
 * @param options the connector's own options record, references unresolved
 * @param guarantee one line for people
 */
public record SourcePlan(String name, String type, String guarantee, List<String> streams, Record options) {

    public SourcePlan {
        streams = List.copyOf(streams);
    }
}

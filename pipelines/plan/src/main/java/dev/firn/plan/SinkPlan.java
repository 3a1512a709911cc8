package dev.firn.plan;

import dev.firn.definition.HaltOptions;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinePayload;
import java.util.Optional;

/**
 * The sink: its own options record, references unresolved, and the names of Firn's own tables.
 *
 * @param payload what is kept of the bytes of quarantined records
 * @param haltAbove how much may go there before the job ends
 * @param topic that gets the same records
 */
public record SinkPlan(
        String type,
        Record options,
        LakeNames names,
        QuarantinePayload payload,
        Optional<HaltOptions> haltAbove,
        Optional<TopicPlan> topic) {

    /** One that keeps quarantined records as they came. */
    public SinkPlan(String type, Record options, LakeNames names) {
        this(type, options, names, QuarantinePayload.RAW, Optional.empty(), Optional.empty());
    }
}

package dev.firn.plan;

import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantinePayload;

/**
 * The sink: its own options record, references unresolved, and the names of Firn's own tables.
 *
 * @param payload what is kept of the bytes of quarantined records
 */
public record SinkPlan(String type, Record options, LakeNames names, QuarantinePayload payload) {

    /** One that keeps quarantined records as they came. */
    public SinkPlan(String type, Record options, LakeNames names) {
        this(type, options, names, QuarantinePayload.RAW);
    }
}

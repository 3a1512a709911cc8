package dev.firn.plan;

import dev.firn.definition.QuarantineOptions;
import dev.firn.spi.sink.LakeNames;

/**
 * The sink: its own options record, references unresolved, and the names of Firn's own tables.
 *
 * @param payload how much of a record is kept in quarantine
 */
public record SinkPlan(String type, Record options, LakeNames names, QuarantineOptions.Payload payload) {

    /** One that keeps quarantined records as they came. */
    public SinkPlan(String type, Record options, LakeNames names) {
        this(type, options, names, QuarantineOptions.Payload.RAW);
    }

    /** Whether the bytes of a quarantined record are kept, so that it can be put back. */
    public boolean keepsBytes() {
        return payload != QuarantineOptions.Payload.NONE;
    }
}

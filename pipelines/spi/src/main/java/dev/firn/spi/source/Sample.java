package dev.firn.spi.source;

import dev.firn.spi.record.RawRecord;
import java.util.List;

/**
 * Records as they lie in a source, taken without a trace there.
 *
 * @param records by split, in their order within each
 * @param splits what was looked at: what each split holds, whether any of it is in the sample or not
 */
public record Sample(List<RawRecord> records, List<SplitRange> splits, Ended ended) {

    /** Why there are no more. */
    public enum Ended {
        /** As many as were asked for. */
        ENOUGH,
        /** All that there are. */
        AT_THE_END,
        /** The time was over. */
        OUT_OF_TIME
    }

    public Sample {
        records = List.copyOf(records);
        splits = List.copyOf(splits);
    }
}

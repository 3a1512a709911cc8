package dev.firn.connector.iceberg;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;

/**
 * What a pipeline says in the summary of a snapshot that it has made.
 *
 * @param ledger which one counts the epochs, by the number of its table
 * @param firstEpoch in it, and the last; the same for most
 * @param part which of the commits it is that an epoch came in, such as {@code 1 of 3}; empty for the last, or the only one
 * @param rewoundTo where it took the table back, the last epoch that counts
 */
public record PipelineCommit(
        String pipeline,
        String ledger,
        long run,
        long firstEpoch,
        long lastEpoch,
        Optional<String> part,
        OptionalLong rewoundTo) {

    /** Empty for a snapshot of somebody else, or one whose figures are none. */
    public static Optional<PipelineCommit> of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        if (summary == null || !summary.containsKey(TableMarks.PIPELINE) || !summary.containsKey(TableMarks.EPOCH)) {
            return Optional.empty();
        }
        try {
            long last = Long.parseLong(summary.getOrDefault(TableMarks.EPOCH, ""));
            String first = summary.get(TableMarks.FIRST_EPOCH);
            String back = summary.get(TableMarks.REWOUND_TO);
            return Optional.of(new PipelineCommit(
                    summary.getOrDefault(TableMarks.PIPELINE, ""),
                    summary.getOrDefault(TableMarks.LEDGER, ""),
                    Long.parseLong(summary.getOrDefault(TableMarks.RUN, "0")),
                    first == null ? last : Long.parseLong(first),
                    last,
                    Optional.ofNullable(summary.get(TableMarks.PART)),
                    back == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(back))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether it has some of the epochs from one to another. */
    public boolean hasSomeOf(long first, long last) {
        return firstEpoch <= last && first <= lastEpoch;
    }
}

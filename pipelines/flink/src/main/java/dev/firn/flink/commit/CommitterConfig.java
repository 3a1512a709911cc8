package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeFactory;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the committer of a job needs.
 *
 * @param halt how much may go to quarantine before the job ends; null where that does not matter
 */
public record CommitterConfig(
        long run,
        String planHash,
        TableName quarantine,
        LakeFactory lake,
        CommitRules rules,
        @Nullable HaltOptions halt)
        implements Serializable {

    /** Of a job that goes on whatever goes to quarantine. */
    public CommitterConfig(long run, String planHash, TableName quarantine, LakeFactory lake, CommitRules rules) {
        this(run, planHash, quarantine, lake, rules, null);
    }

    Optional<HaltOptions> haltAbove() {
        return Optional.ofNullable(halt);
    }
}

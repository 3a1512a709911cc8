package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.LakeFactory;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the committer of a job needs.
 *
 * @param halt how much may go to quarantine before the job ends; null where that does not matter
 * @param ledgerAlone whether a job may only go on from the ledger, and not from a state of Flink's
 */
public record CommitterConfig(
        long run,
        String planHash,
        TableName quarantine,
        LakeFactory lake,
        CommitRules rules,
        @Nullable HaltOptions halt,
        boolean ledgerAlone)
        implements Serializable {

    /** Of a job that goes on whatever goes to quarantine. */
    public CommitterConfig(long run, String planHash, TableName quarantine, LakeFactory lake, CommitRules rules) {
        this(run, planHash, quarantine, lake, rules, null, false);
    }

    /** Of one that goes on from whatever there is. */
    public CommitterConfig(
            long run,
            String planHash,
            TableName quarantine,
            LakeFactory lake,
            CommitRules rules,
            @Nullable HaltOptions halt) {
        this(run, planHash, quarantine, lake, rules, halt, false);
    }

    Optional<HaltOptions> haltAbove() {
        return Optional.ofNullable(halt);
    }

    /** @throws CommitRefused if there may be none, and there is */
    void requireNoState() {
        if (ledgerAlone) {
            throw new CommitRefused(
                    "a table of the pipeline has `unique`, and what it has must be in it before anything"
                            + " is read: start without a state, and the pipeline goes on from the ledger");
        }
    }
}

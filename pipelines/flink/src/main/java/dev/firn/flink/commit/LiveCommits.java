package dev.firn.flink.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/**
 * How the commits of the jobs in this process fare, for whoever runs a job here and wants to know more often, and in more detail, than
 * metrics are gathered.
 *
 * @param ledger without which no table gets anything
 */
public record LiveCommits(List<TableHealth> tables, LedgerHealth ledger) {

    /**
     * How the last attempt to write the ledger ended.
     *
     * @param isTried whether there was one since the committer has started
     * @param failure why it failed; empty if it did not
     */
    public record LedgerHealth(boolean isTried, Optional<String> failure) {}

    private static final Map<JobID, CommitLanes> JOBS = new ConcurrentHashMap<>();

    /** Empty where the job's committer does not run here, or is being started again. */
    public static Optional<LiveCommits> of(JobID job) {
        return Optional.ofNullable(JOBS.get(job)).map(CommitLanes::live);
    }

    static AutoCloseable show(JobID job, CommitLanes lanes) {
        JOBS.put(job, lanes);
        return () -> JOBS.remove(job, lanes);
    }
}

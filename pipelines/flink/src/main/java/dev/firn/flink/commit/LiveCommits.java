package dev.firn.flink.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;

/**
 * How the commits of the jobs in this process fare, for whoever runs a job here and wants to know more often, and in more detail, than
 * metrics are gathered.
 *
 * @param ledger without which no table gets anything
 * @param changes of schemas, and the log of them
 */
public record LiveCommits(List<TableHealth> tables, LedgerHealth ledger, ChangeLogHealth changes) {

    /**
     * How the last attempt to write the ledger ended.
     *
     * @param isTried whether there was one since the committer has started
     * @param failure why it failed; empty if it did not
     */
    public record LedgerHealth(boolean isTried, Optional<String> failure) {}

    /**
     * How the log of schema changes fares.
     *
     * @param isFailing whether the last attempt to write it has failed
     * @param written how many changes have been written to it since the committer has started, by their decisions' words
     */
    public record ChangeLogHealth(boolean isFailing, SortedMap<String, Long> written) {}

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

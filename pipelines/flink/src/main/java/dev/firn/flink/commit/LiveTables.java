package dev.firn.flink.commit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;

/**
 * How the tables of the jobs in this process fare, for whoever runs a job here and wants to know more often, and in more detail, than metrics
 * are gathered.
 */
public final class LiveTables {

    private static final Map<JobID, Supplier<List<TableHealth>>> JOBS = new ConcurrentHashMap<>();

    private LiveTables() {}

    /** Empty where the job's committer does not run here, or is being started again. */
    public static Optional<List<TableHealth>> of(JobID job) {
        return Optional.ofNullable(JOBS.get(job)).map(Supplier::get);
    }

    static AutoCloseable show(JobID job, Supplier<List<TableHealth>> tables) {
        JOBS.put(job, tables);
        return () -> JOBS.remove(job, tables);
    }
}

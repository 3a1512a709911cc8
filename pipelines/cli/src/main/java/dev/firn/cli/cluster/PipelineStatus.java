package dev.firn.cli.cluster;

import dev.firn.cli.run.Account;
import dev.firn.flink.session.ListedJob;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How a pipeline fares on a cluster, and what its ledger says.
 *
 * @param cluster its address
 * @param job the one that runs, else the last that ran; empty where the cluster remembers none
 * @param run the newest that has written an epoch; 0 before the first
 * @param account where that run's records went
 * @param lag by source and stream, positions that are not yet in the ledger; without sources that do not answer
 * @param unwell what is wrong besides, a sentence each
 */
public record PipelineStatus(
        String pipeline,
        String cluster,
        Optional<Job> job,
        long epoch,
        long run,
        Optional<Instant> lastEpoch,
        List<Table> tables,
        SortedMap<String, Long> lag,
        List<String> unwell,
        Account account) {

    public PipelineStatus {
        tables = List.copyOf(tables);
        unwell = List.copyOf(unwell);
    }

    /**
     * A job.
     *
     * @param state in Flink's words
     * @param since when it got into it
     * @param started when it was submitted
     * @param restarts how many times it has started again
     * @param failure the last that is known
     * @param lostCheckpoint the last that did not come about, if none was completed since
     */
    public record Job(
            String id,
            String state,
            Instant since,
            Instant started,
            List<String> waiting,
            long restarts,
            Optional<Failure> failure,
            Optional<Failure> lostCheckpoint) {

        public Job {
            waiting = List.copyOf(waiting);
        }

        public boolean runs() {
            return state.equals("RUNNING") && waiting.isEmpty();
        }

        boolean isOver() {
            return ListedJob.isOver(state);
        }
    }

    /** Something that went wrong, in a sentence. */
    public record Failure(Instant at, String sentence) {}

    /**
     * A table.
     *
     * @param last the last epoch with rows for it; empty before the first
     * @param waits why it does not get what comes for it, if so
     */
    public record Table(TableName name, Optional<LedgerView.LastRows> last, Optional<Waits> waits) {}

    /**
     * Why a table has to wait.
     *
     * @param how {@code held}, {@code paused} or {@code detached}
     */
    public record Waits(String how, Optional<Instant> since, String reason) {}

    /** Whether all is well: the job runs, no table waits, no record is missing, and nothing else is wrong. */
    public boolean isWell() {
        return job.filter(Job::runs).isPresent()
                && tables.stream().noneMatch(table -> table.waits().isPresent())
                && account.balances()
                && unwell.isEmpty();
    }
}

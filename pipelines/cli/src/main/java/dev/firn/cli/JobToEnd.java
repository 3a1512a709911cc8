package dev.firn.cli;

import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.PipelineJob;
import dev.firn.definition.PipelineDefinition;
import dev.firn.flink.session.ListedJob;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one job that is a pipeline's beyond doubt, for a verb that is about to end it: an end can't be taken back.
 *
 * @param job empty where there is none, which has been said
 * @param exitCode what the verb answers then
 */
record JobToEnd(Optional<RemoteJob> job, int exitCode) {

    static JobToEnd find(
            Screen screen, SessionCluster cluster, PipelineDefinition definition, PipelineIdentity identity) {
        PipelineJob jobs = new PipelineJob(cluster, identity);
        List<ListedJob> running = jobs.allRunning();
        if (running.isEmpty()) {
            screen.progress("firn: " + jobs.absence());
            return none(ExitCode.NO);
        }
        if (running.size() > 1) {
            screen.progress("firn: " + running.size() + " jobs at " + cluster.shown() + " can be pipeline `"
                    + definition.name() + "`: "
                    + running.stream().map(ListedJob::id).collect(Collectors.joining(", "))
                    + "; `flink stop` and Flink's own page can stop the right one");
            return none(ExitCode.REFUSED);
        }
        RemoteJob job = cluster.job(running.get(0).id());
        Optional<String> other = identity.otherState(job.parameters());
        if (other.isPresent()) {
            screen.progress("firn: " + SavepointsVerb.runsAs(definition, job, other.get()));
            return none(ExitCode.FILE);
        }
        return new JobToEnd(Optional.of(job), ExitCode.DONE);
    }

    private static JobToEnd none(int exitCode) {
        return new JobToEnd(Optional.empty(), exitCode);
    }
}

package dev.firn.cli.cluster;

import dev.firn.cli.run.AlreadyRunning;
import dev.firn.flink.PlanParameters;
import dev.firn.flink.session.ListedJob;
import dev.firn.flink.session.SessionCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the job of a pipeline among those of a cluster: it has the pipeline's name, and what says so goes along with it. */
public record PipelineJob(SessionCluster cluster, PipelineIdentity pipeline) {

    /** The one that runs, or starts again; empty where there is none. */
    public Optional<ListedJob> running() {
        return all(false).stream().findFirst();
    }

    /** All that can be taken for it: a lake without its ledger can't tell two of one name apart. */
    public List<ListedJob> allRunning() {
        return all(false);
    }

    /** The last one that has ended; empty where the cluster remembers none. */
    public Optional<ListedJob> ended() {
        return all(true).stream().findFirst();
    }

    private List<ListedJob> all(boolean over) {
        return named(over).stream()
                .filter(job -> {
                    Map<String, String> parameters = parameters(cluster, job);
                    return pipeline.isOf(parameters) || pipeline.mayBeOf(parameters);
                })
                .toList();
    }

    /** @throws AlreadyRunning if it runs, or is about to */
    public void requireAbsent() throws AlreadyRunning {
        Optional<ListedJob> running = named(false).stream()
                .filter(job -> pipeline.isOf(parameters(cluster, job)))
                .findFirst()
                .or(this::coming);
        if (running.isPresent()) {
            throw new AlreadyRunning("pipeline `" + pipeline.name() + "` runs already at " + cluster.shown()
                    + ", as job " + running.get().id() + "; stop it first with `firn stop`");
        }
    }

    /** One that was handed over a moment ago, so that nobody can say yet whose it is. */
    private Optional<ListedJob> coming() {
        return named(false).stream().filter(ListedJob::isComing).findFirst();
    }

    private List<ListedJob> named(boolean over) {
        return cluster.jobs().stream()
                .filter(job -> job.isOver() == over && job.name().equals(pipeline.name()))
                .toList();
    }

    static boolean isFirns(SessionCluster cluster, ListedJob job) {
        return parameters(cluster, job).containsKey(PlanParameters.HASH);
    }

    /** The pipeline with its environment, where a job is of Firn's. */
    static Optional<String> stateName(SessionCluster cluster, ListedJob job) {
        Map<String, String> parameters = parameters(cluster, job);
        return parameters.containsKey(PlanParameters.HASH)
                ? Optional.of(parameters.getOrDefault(PipelineIdentity.STATE_NAME, job.name()))
                : Optional.empty();
    }

    private static Map<String, String> parameters(SessionCluster cluster, ListedJob job) {
        return cluster.job(job.id()).parameters();
    }

    /** Why there is nothing to look at or to stop. */
    public String absence() {
        Optional<ListedJob> other = named(false).stream().findFirst();
        if (other.isEmpty()) {
            return "pipeline `" + pipeline.name() + "` does not run at " + cluster.shown();
        }
        String job = "the job `" + pipeline.name() + "` at " + cluster.shown();
        if (other.get().isComing()) {
            return job + " was submitted just now, and says of itself when it has come to be: ask again in a moment";
        }
        return isFirns(cluster, other.get())
                ? job + " has another ledger, of another environment or another lake, than this file"
                : job + " is not Firn's: it was not submitted by `firn submit`";
    }
}

package dev.firn.cli;

import dev.firn.cli.cluster.Admission;
import dev.firn.cli.cluster.FirstSteps;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.StopOrder;
import dev.firn.cli.run.ClusterState;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.Submission;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.time.Duration;

/** Hands planned pipelines to a cluster, and says what keeps them from running there. */
record Launch(Screen screen, SessionCluster cluster, RunOptions options) {

    /** Returns when the cluster has the job, whether it runs already or not. */
    RemoteJob handOver(PlannedPipeline pipeline) throws Exception {
        Admission admission = Admission.to(cluster);
        admission.check(
                PipelineIdentity.of(pipeline.definition(), pipeline.lake()),
                pipeline.plan().parallelism());
        admission.checkState(pipeline.definition(), pipeline.references());
        Submission.requireFit(pipeline);
        // The first look makes the ledger, which names the pipeline.
        pipeline.lake().ledger().read();
        PipelineIdentity identity = PipelineIdentity.of(pipeline.definition(), pipeline.lake());
        ClusterState state = admission.state(pipeline.definition(), identity, pipeline.references());
        RemoteJob job = new Submission(
                        pipeline,
                        options,
                        observer(),
                        new Submission.Place(
                                cluster, state, identity.parameters(), () -> admission.checkAbsent(identity)))
                .submit();
        observer().says("job " + job.id() + " is at " + job.webPage());
        return job;
    }

    /**
     * Says why a job has not come as far as it should.
     *
     * @param goal how far that is
     * @param arguments of whoever looks again
     * @return the exit code that says whose move it is
     */
    int complained(FirstSteps.Outcome outcome, FirstSteps.Goal goal, Duration patience, String arguments) {
        if (outcome.away().isPresent() || outcome.state().isEmpty()) {
            screen.progress("firn: the job was handed over, and nobody can say how it fares: "
                    + outcome.away().map(ClusterAway::getMessage).orElse("the cluster does not know it"));
            screen.progress("look again with: firn status " + arguments);
            return ExitCode.OUTSIDE;
        }
        RemoteJob.State state = outcome.state().get();
        if (state.isOver()) {
            screen.progress("firn: on the cluster the job has ended (" + state.state() + ") before "
                    + (goal == FirstSteps.Goal.RUNS ? "it ran" : "its first checkpoint")
                    + outcome.failure()
                            .map(failure -> ": " + failure.sentence())
                            .orElse(""));
            return outcome.failure()
                    .map(RemoteFailure::kind)
                    .map(Launch::exitCode)
                    .orElse(ExitCode.NO);
        }
        String after = "firn: after " + patience.toMinutes() + " minutes the job ";
        screen.progress(
                state.runs()
                        ? after + "runs, and has not made a checkpoint yet"
                        : after + "does not run yet; what it waits for: " + String.join(", ", state.waiting())
                                + (hasNoSlot() ? "; no slot is free" : ""));
        screen.progress("look again with: firn status " + arguments);
        return ExitCode.NO;
    }

    static int exitCode(StopOrder.Outcome outcome) {
        return outcome.failure().map(Launch::exitCode).orElse(ExitCode.NO);
    }

    static int exitCode(RemoteFailure.Kind kind) {
        return switch (kind) {
            case REFUSED -> ExitCode.NO;
            case OUTSIDE -> ExitCode.OUTSIDE;
            case BUG -> ExitCode.BUG;
        };
    }

    /** The job is handed over, whether that can be told or not. */
    private boolean hasNoSlot() {
        try {
            return cluster.slots().free() == 0;
        } catch (ClusterAway unknown) {
            return false;
        }
    }

    Observer observer() {
        return new Lines(screen);
    }

    /** Prints what a submission tells. */
    private record Lines(Screen screen) implements Observer {

        @Override
        public void says(String line) {
            screen.progress(line);
        }

        @Override
        public void at(Progress progress) {
            // Nobody watches from here how far a cluster is.
        }
    }
}

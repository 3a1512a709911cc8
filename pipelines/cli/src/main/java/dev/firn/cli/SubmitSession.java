package dev.firn.cli;

import dev.firn.cli.cluster.Admission;
import dev.firn.cli.cluster.FirstSteps;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.outlook.NewestOutlook;
import dev.firn.cli.run.ClusterState;
import dev.firn.cli.run.Observer;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.Submission;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.sink.Lake;
import java.time.Duration;
import java.util.Optional;

/** One {@code firn submit}: plan, hand over, wait until it runs. */
final class SubmitSession {

    /** The first start of a JVM's classes, of catalogs and of sources, and some restarts. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Screen screen;
    private final PipelineFile file;
    private final RunOptions options;
    private final SessionCluster cluster;
    private final String repeated;

    /** @param repeated what of the arguments names the cluster */
    SubmitSession(Screen screen, PipelineFile file, RunOptions options, SessionCluster cluster, String repeated) {
        this.screen = screen;
        this.file = file;
        this.options = options;
        this.cluster = cluster;
        this.repeated = repeated;
    }

    int submit(PipelineDefinition definition) throws Exception {
        Diagnostics opening = new Diagnostics();
        SystemReferences references = SystemReferences.ofThisProcess();
        try (LivePlanContext context = LivePlanContext.open(
                definition,
                file.connectors(),
                references,
                NewestOutlook.of(definition, file.connectors(), references),
                opening)) {
            Optional<PipelinePlan> plan = file.plan(definition, context, opening.inOrder());
            screen.diagnostics(file.printed());
            Optional<Lake> lake = context.lake();
            if (plan.isEmpty() || lake.isEmpty()) {
                return ExitCode.of(file.diagnostics());
            }
            RunSession.says(plan.get(), screen);
            PlannedPipeline pipeline =
                    new PlannedPipeline(definition, plan.get(), lake.get(), file.connectors(), references);
            return submit(pipeline);
        }
    }

    private int submit(PlannedPipeline pipeline) throws Exception {
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
        Observer observer = new Lines(screen);
        RemoteJob job = new Submission(
                        pipeline,
                        options,
                        observer,
                        new Submission.Place(
                                cluster, state, identity.parameters(), () -> admission.checkAbsent(identity)))
                .submit();
        observer.says("job " + job.id() + " is at " + job.webPage());
        return told(pipeline, job, new FirstSteps(job, observer, PATIENCE).await());
    }

    private int told(PlannedPipeline pipeline, RemoteJob job, FirstSteps.Outcome outcome) {
        String arguments = repeated + file.arguments();
        if (outcome.away().isPresent() || outcome.state().isEmpty()) {
            screen.progress("firn: the job was handed over, and nobody can say how it fares: "
                    + outcome.away().map(ClusterAway::getMessage).orElse("the cluster does not know it"));
            screen.progress("look again with: firn status " + arguments);
            return ExitCode.OUTSIDE;
        }
        RemoteJob.State state = outcome.state().get();
        if (state.isOver()) {
            screen.progress("firn: on the cluster the job has ended (" + state.state() + ") before it ran"
                    + outcome.failure()
                            .map(failure -> ": " + failure.sentence())
                            .orElse(""));
            return outcome.failure()
                    .map(RemoteFailure::kind)
                    .map(SubmitSession::exitCode)
                    .orElse(ExitCode.NO);
        }
        if (!state.runs()) {
            screen.progress("firn: after " + PATIENCE.toMinutes()
                    + " minutes the job does not run yet; what it waits for: "
                    + String.join(", ", state.waiting()) + (hasNoSlot() ? "; no slot is free" : ""));
            screen.progress("look again with: firn status " + arguments);
            return ExitCode.NO;
        }
        screen.result(pipeline.plan().pipeline() + " runs as job " + job.id() + "\n\nNext:  firn status " + arguments
                + "\n       firn stop " + arguments + "\n");
        return ExitCode.DONE;
    }

    /** The job is handed over, whether that can be told or not. */
    private boolean hasNoSlot() {
        try {
            return cluster.slots().free() == 0;
        } catch (ClusterAway unknown) {
            return false;
        }
    }

    static int exitCode(RemoteFailure.Kind kind) {
        return switch (kind) {
            case REFUSED -> ExitCode.NO;
            case OUTSIDE -> ExitCode.OUTSIDE;
            case BUG -> ExitCode.BUG;
        };
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

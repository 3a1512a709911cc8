package dev.firn.cli;

import dev.firn.cli.cluster.FirstSteps;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.RunOptions;
import dev.firn.definition.PipelineDefinition;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.time.Duration;

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
        return new PlannedQuestion(screen, file).ask(definition, this::submit);
    }

    private int submit(PlannedPipeline pipeline) throws Exception {
        RunSession.says(pipeline.plan(), screen);
        Launch launch = new Launch(screen, cluster, options);
        RemoteJob job = launch.handOver(pipeline);
        return told(pipeline, job, new FirstSteps(job, launch.observer(), PATIENCE).await());
    }

    private int told(PlannedPipeline pipeline, RemoteJob job, FirstSteps.Outcome outcome) {
        String arguments = repeated + file.arguments();
        if (!outcome.reached()) {
            return new Launch(screen, cluster, options).complained(outcome, FirstSteps.Goal.RUNS, PATIENCE, arguments);
        }
        screen.result(pipeline.plan().pipeline() + " runs as job " + job.id() + "\n\nNext:  firn status " + arguments
                + "\n       firn stop " + arguments + "\n");
        return ExitCode.DONE;
    }
}

package dev.firn.cli.run;

import dev.firn.flink.JobTranslator;
import dev.firn.flink.PlanParameters;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SplitRange;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Hands a planned pipeline to a session cluster: makes its tables, claims a run, sends the job that goes on where it left off. */
public final class Submission {

    private final PlannedPipeline pipeline;
    private final RunOptions options;
    private final Observer observer;
    private final Place place;

    /**
     * Where the job goes.
     *
     * @param state where its checkpoints and savepoints go
     * @param parameters by which it is found again
     * @param last looks once more whether the pipeline runs there, right before it is claimed
     */
    public record Place(SessionCluster cluster, ClusterState state, Map<String, String> parameters, Check last) {}

    /** Nobody knows whether the cluster has got the job. */
    public static final class Unconfirmed extends OutsideException {
        private static final long serialVersionUID = 1L;

        Unconfirmed(String message) {
            super(message);
        }
    }

    /** Something that must be so. */
    @FunctionalInterface
    public interface Check {
        void check() throws AlreadyRunning;
    }

    public Submission(PlannedPipeline pipeline, RunOptions options, Observer observer, Place place) {
        this.pipeline = pipeline;
        this.options = options;
        this.observer = observer;
        this.place = place;
    }

    /**
     * Looks, before anything is made, whether a job can take the pipeline's settings along.
     *
     * @throws UsageRefused if not
     */
    public static void requireFit(PlannedPipeline pipeline) throws UsageRefused {
        JobConfiguration.of(pipeline.plan().flink(), pipeline.references(), "");
        pipeline.plan().sink().payload().kept(pipeline.references());
    }

    /**
     * Looks whether the pipeline could be submitted if it did not run, and changes nothing. What its tables say is left to the start itself:
     * a job that runs takes them forward while one looks.
     *
     * @throws UsageRefused if the file has settings that a job can't take along
     * @throws RunRefused if rows would be lost or doubled, unless the options allow it
     */
    public static void look(PlannedPipeline pipeline, RunOptions options) throws Exception {
        requireFit(pipeline);
        // Before the sources, which go on: no position of it is behind their ends of later.
        BeforeTheRun checks = new BeforeTheRun(
                pipeline, options.allowed(), pipeline.lake().ledger().read());
        checks.checkQuarantine();
        try (SourceEnds ends = new SourceEnds(pipeline)) {
            checks.checkSources(ends.now());
        }
    }

    /**
     * Returns when the cluster has the job, whether it runs already or not.
     *
     * @throws UsageRefused if the file has settings that a job can't take along
     * @throws NothingToResume if there is no state and the options want one
     * @throws RunRefused if rows would be lost or doubled, unless the options allow it
     * @throws AlreadyRunning if it runs there, or on this machine by {@code firn run}
     * @throws Unconfirmed if nobody knows whether the cluster has got it; after any other failure it has not
     */
    public RemoteJob submit() throws Exception {
        Configuration configuration = JobConfiguration.of(
                pipeline.plan().flink(), pipeline.references(), place.state().checkpoints());
        requireFit(pipeline);
        LocalFolders beside = LocalFolders.beside(
                pipeline.definition().file(), pipeline.definition().stateName());
        try (RunLock lock = RunLock.take(beside);
                SourceEnds ends = new SourceEnds(pipeline)) {
            ResumePoint resume = ResumePoint.of(
                    pipeline.plan(), options.resume(), place.state().place());
            List<SplitRange> live = ends.now();
            place.last().check();
            ReadyRun run = ReadyRun.of(pipeline, options.allowed(), resume, live);
            run.sentences().forEach(observer::says);
            StreamGraph job = new JobTranslator(pipeline.plan(), run.settings(), Submission.class.getClassLoader())
                    .translate(configuration);
            job.getExecutionConfig().setGlobalJobParameters(PlanParameters.of(pipeline.plan(), place.parameters()));
            JobGraph graph = job.getJobGraph();
            run.state()
                    .ifPresent(from -> graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from, true)));
            RemoteJob submitted = place.cluster().job(graph.getJobID().toString());
            handOver(graph, submitted);
            observer.says("run " + run.settings().run() + " is submitted");
            return submitted;
        }
    }

    /** The job has its name before it is sent, so that one can ask for it where the answer gets lost. */
    private void handOver(JobGraph graph, RemoteJob submitted) {
        try {
            place.cluster().submit(graph);
        } catch (ClusterAway lost) {
            if (!lost.isUnanswered()) {
                throw lost;
            }
            try {
                submitted.state();
            } catch (ClusterAway unknown) {
                throw new Unconfirmed(lost.getMessage() + ", and whether it has got the job " + submitted.id()
                        + " is not known: look with `firn status` before it is submitted again");
            }
        }
    }
}

package dev.firn.cli;

import dev.firn.cli.cluster.Admission;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.StopOrder;
import dev.firn.cli.run.Allowed;
import dev.firn.cli.run.ClusterState;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.Submission;
import dev.firn.definition.PipelineDefinition;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.plan.Planner;
import java.util.Optional;
import java.util.Set;

/** One {@code firn upgrade}: whatever can be refused is refused while the old job still runs. */
final class UpgradeSession {

    private final Screen screen;
    private final PipelineFile file;
    private final Wishes wishes;
    private final SessionCluster cluster;
    private final String repeated;

    /**
     * What somebody wants of an upgrade.
     *
     * @param old the file to go back to where the new one does not run
     * @param allowed what is meant although it loses or doubles rows
     * @param yes whether a danger is meant
     */
    record Wishes(Optional<PipelineFile> old, Set<Allowed> allowed, boolean yes) {
        Wishes {
            allowed = Set.copyOf(allowed);
        }
    }

    /** @param repeated what of the arguments names the cluster */
    UpgradeSession(Screen screen, PipelineFile file, Wishes wishes, SessionCluster cluster, String repeated) {
        this.screen = screen;
        this.file = file;
        this.wishes = wishes;
        this.cluster = cluster;
        this.repeated = repeated;
    }

    int upgrade(PipelineDefinition definition) throws Exception {
        return new PlannedQuestion(screen, file).ask(definition, this::upgrade);
    }

    private int upgrade(PlannedPipeline pipeline) throws Exception {
        PipelineDefinition definition = pipeline.definition();
        PipelineIdentity identity = PipelineIdentity.of(definition, pipeline.lake());
        if (identity.ledger().isEmpty()) {
            screen.progress("firn: there is no ledger `"
                    + Planner.lakeNames(definition).ledger() + "`: the pipeline has not run yet, or it ran by another"
                    + " name or in another lake, which an upgrade can't change");
            return ExitCode.NO;
        }
        JobToEnd found = JobToEnd.find(screen, cluster, definition, identity);
        if (found.job().isEmpty()) {
            return found.exitCode();
        }
        RemoteJob job = found.job().get();
        Optional<UpgradeCheck> check = UpgradeCheck.of(screen, job, wishes);
        if (check.isEmpty()) {
            return ExitCode.REFUSED;
        }
        Optional<Integer> answered = check.get().file(file, pipeline.plan());
        if (answered.isPresent()) {
            return answered.get();
        }
        Optional<PipelineDefinition> old = wishes.old().flatMap(PipelineFile::read);
        if (wishes.old().isPresent()) {
            int known = check.get().old(wishes.old().get(), old);
            if (known != ExitCode.DONE) {
                return known;
            }
        }
        Admission admission = Admission.to(cluster);
        admission.checkInPlaceOf(job, pipeline.plan().parallelism());
        ClusterState state = admission.state(definition, identity, pipeline.references());
        Submission.look(pipeline, options(wishes.allowed(), new ResumeFrom.Newest()));
        try (LastWord last = new LastWord(screen)) {
            return changed(job, state, definition, old, last);
        }
    }

    private int changed(
            RemoteJob job,
            ClusterState state,
            PipelineDefinition definition,
            Optional<PipelineDefinition> old,
            LastWord last)
            throws Exception {
        String submit = "firn submit " + repeated + file.arguments();
        screen.progress("stopping job " + job.id() + " with a savepoint");
        last.say("job " + job.id() + " is being stopped, and nobody starts it again; when it has ended: " + submit);
        StopOrder.Outcome stopped = new StopOrder(job).stop(state.savepoints());
        Optional<String> savepoint = stopped.savepoint().map(LocalFolders::shown);
        savepoint.ifPresent(folder -> screen.progress("its state is in " + folder));
        if (stopped.end() != StopOrder.End.STOPPED || savepoint.isEmpty()) {
            return notStopped(stopped, submit);
        }
        last.say("the pipeline is stopped, and nobody starts it again; its state is in " + savepoint.get()
                + "; it goes on by: " + submit);
        ResumeFrom from = new ResumeFrom.StoppedWith(savepoint.get());
        return new Changeover(screen, definition.name(), savepoint.get())
                .run(
                        new UpgradeStart(
                                screen,
                                file,
                                definition,
                                options(wishes.allowed(), from),
                                cluster,
                                repeated,
                                last,
                                old.isPresent() ? UpgradeStart.Failing.IS_ENDED : UpgradeStart.Failing.GOES_ON),
                        old.map(known -> new UpgradeStart(
                                screen,
                                wishes.old().orElseThrow(),
                                known,
                                options(Set.of(), from),
                                cluster,
                                repeated,
                                last,
                                UpgradeStart.Failing.GOES_ON)));
    }

    private int notStopped(StopOrder.Outcome stopped, String submit) {
        String again = "nobody starts it again: when it has ended, " + submit;
        switch (stopped.end()) {
            case GOES_ON:
                screen.progress("firn: not upgraded: " + stopped.complaint());
                break;
            case STOPPED:
                screen.progress("firn: the job has ended by somebody else's order, so nothing was started; to go on: "
                        + submit);
                break;
            case FAILED:
                screen.progress("firn: not upgraded: " + stopped.complaint());
                screen.progress("the pipeline is stopped; to go on: " + submit);
                break;
            default:
                screen.progress("firn: not upgraded: " + stopped.complaint());
                screen.progress(again);
        }
        return Launch.exitCode(stopped);
    }

    private static RunOptions options(Set<Allowed> allowed, ResumeFrom from) {
        return RunOptions.of(RunOptions.Until.STOPPED, from, allowed);
    }
}

package dev.firn.cli;

import dev.firn.cli.cluster.FirstSteps;
import dev.firn.cli.cluster.StopOrder;
import dev.firn.cli.run.AlreadyRunning;
import dev.firn.cli.run.PlannedPipeline;
import dev.firn.cli.run.RunOptions;
import dev.firn.cli.run.Submission;
import dev.firn.definition.PipelineDefinition;
import dev.firn.flink.session.ClusterAway;
import dev.firn.flink.session.RemoteFailure;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a stopped pipeline go on by a file, up to its first checkpoint. What its last job did is in its tables, so the file is planned by what they
 * are now.
 */
final class UpgradeStart implements Changeover.Start {

    /** The first start of a JVM's classes, of catalogs and of sources, and some restarts; checkpoints come on top. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int CHECKPOINTS = 3;

    /** A stopped pipeline is worth some tries; slots of a job that has ended are not free at once. */
    private static final Duration TRYING = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Screen screen;
    private final PipelineFile file;
    private final PipelineDefinition definition;
    private final Launch launch;
    private final String arguments;
    private final LastWord last;
    private final Failing failing;

    /** What becomes of a job that fails and has made no checkpoint when patience ends. */
    enum Failing {
        /** It goes on by itself where what it lacks comes back. */
        GOES_ON,
        /** Another file takes its place. */
        IS_ENDED
    }

    /** @param repeated what of the arguments names the cluster */
    UpgradeStart(
            Screen screen,
            PipelineFile file,
            PipelineDefinition definition,
            RunOptions options,
            SessionCluster cluster,
            String repeated,
            LastWord last,
            Failing failing) {
        this.screen = screen;
        this.file = file;
        this.definition = definition;
        this.launch = new Launch(screen, cluster, options);
        this.arguments = repeated + file.arguments();
        this.last = last;
        this.failing = failing;
    }

    @Override
    public String file() {
        return file.path().toString();
    }

    @Override
    public String arguments() {
        return arguments;
    }

    @Override
    public Begin begin() throws Exception {
        last.say("the pipeline is stopped, and nobody starts it again; it goes on by: firn submit " + arguments);
        Instant until = Instant.now().plus(TRYING);
        boolean isFirst = true;
        while (true) {
            try {
                return once();
            } catch (Submission.Unconfirmed unknown) {
                return Begin.of(Begin.Now.UNKNOWN, ClusterQuestion.told(screen, unknown));
            } catch (AlreadyRunning another) {
                return Begin.of(Begin.Now.ANOTHERS, ClusterQuestion.told(screen, another));
            } catch (OutsideException away) {
                // The cluster has not got the job, or it would be unconfirmed.
                if (Instant.now().isAfter(until)) {
                    return Begin.of(Begin.Now.DOWN, ClusterQuestion.told(screen, away));
                }
                if (isFirst) {
                    screen.progress(
                            "not yet: " + away.getMessage() + "; trying for " + TRYING.toSeconds() + " seconds");
                }
                isFirst = false;
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception refused) {
                return Begin.of(Begin.Now.DOWN, ClusterQuestion.told(screen, refused));
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private Begin once() throws Exception {
        AtomicReference<Begin> begun = new AtomicReference<>();
        int code = new PlannedQuestion(screen, file).askAgain(definition, pipeline -> {
            Begin here = begin(pipeline);
            begun.set(here);
            return here.exitCode();
        });
        return Optional.ofNullable(begun.get()).orElse(Begin.of(Begin.Now.DOWN, code));
    }

    private Begin begin(PlannedPipeline pipeline) throws Exception {
        RemoteJob job = launch.handOver(pipeline);
        last.say("job " + job.id() + " was handed over, and is not taken back; look with: firn status " + arguments);
        Duration patience = PATIENCE.plus(pipeline.plan().checkpointInterval().multipliedBy(CHECKPOINTS));
        FirstSteps.Goal goal = FirstSteps.Goal.CHECKPOINT;
        FirstSteps.Outcome outcome = new FirstSteps(job, launch.observer(), patience, goal).await();
        if (outcome.reached()) {
            return new Begin(Begin.Now.RUNS, Optional.of(job.id()), ExitCode.DONE);
        }
        if (outcome.fails() && failing == Failing.IS_ENDED) {
            return ended(job, outcome.failure().orElseThrow());
        }
        int code = launch.complained(outcome, goal, patience, arguments);
        Begin.Now now =
                outcome.isEndedByAnother() ? Begin.Now.ANOTHERS : outcome.isOver() ? Begin.Now.DOWN : Begin.Now.COMING;
        return new Begin(now, Optional.of(job.id()), code);
    }

    /** It would fail until its restarts are used up, when nobody looks any more; there is something to go back to. */
    private Begin ended(RemoteJob job, RemoteFailure failure) throws InterruptedException {
        screen.progress("firn: the job fails again and again, and is ended: " + failure.sentence());
        String complaint;
        try {
            StopOrder.Outcome end = new StopOrder(job).cancel();
            if (end.end() == StopOrder.End.STOPPED) {
                return new Begin(Begin.Now.DOWN, Optional.of(job.id()), Launch.exitCode(failure.kind()));
            }
            complaint = end.complaint();
        } catch (ClusterAway away) {
            complaint = String.valueOf(away.getMessage());
        }
        screen.progress("firn: " + complaint);
        return new Begin(Begin.Now.COMING, Optional.of(job.id()), Launch.exitCode(failure.kind()));
    }
}

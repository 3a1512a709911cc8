package dev.firn.cli;

import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.StopOrder;
import dev.firn.cli.run.OpenLines;
import dev.firn.definition.PipelineDefinition;
import dev.firn.flink.commit.RollForward;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import dev.firn.plan.Planner;
import dev.firn.spi.sink.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a pipeline on a cluster. */
@Command(
        name = "stop",
        description = {
            "Stops a pipeline on a Flink cluster with a savepoint, and says how to go on from it.",
            "What is in the ledger by then is taken to its tables."
        },
        sortOptions = false,
        customSynopsis = "firn stop [--no-savepoint] [--cluster URL] [--env NAME] FILE",
        footer = {"firn stop --cluster http://127.0.0.1:8081 orders.yaml", "firn stop --env prod orders.yaml"})
final class StopVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--no-savepoint",
            description = "Ends the job at once; it goes on from its last checkpoint, or from the ledger.")
    private boolean noSavepoint;

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    StopVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        return new ClusterQuestion(screen, cluster, environment).ask(path, this::stop);
    }

    private int stop(PipelineFile file, PipelineDefinition definition, SessionCluster asked) throws Exception {
        return new SeenPipeline(screen)
                .ask(file, definition, identity -> stop(file, definition, asked, identity), unseen -> away());
    }

    /** A job of the same name may be another's, and its end can't be taken back. */
    private int away() {
        screen.progress("firn: the catalog does not answer, so whose the job is can't be told, and it is not stopped;"
                + " `flink stop` and Flink's own page can stop it");
        return ExitCode.OUTSIDE;
    }

    private int stop(PipelineFile file, PipelineDefinition definition, SessionCluster asked, PipelineIdentity identity)
            throws Exception {
        JobToEnd found = JobToEnd.find(screen, asked, definition, identity);
        if (found.job().isEmpty()) {
            return found.exitCode();
        }
        RemoteJob job = found.job().get();
        if (identity.ledger().isEmpty() && !mayStop(definition, job)) {
            return ExitCode.REFUSED;
        }
        StopOrder order = new StopOrder(job);
        String arguments = cluster.repeated() + file.arguments();
        if (noSavepoint) {
            StopOrder.Outcome outcome = order.cancel();
            if (outcome.end() != StopOrder.End.STOPPED) {
                return complained(outcome);
            }
            screen.result(
                    definition.name() + " is stopped, without a savepoint\n\nNext:  firn submit " + arguments + "\n");
            return ExitCode.DONE;
        }
        screen.progress("stopping job " + job.id() + " with a savepoint");
        StopOrder.Outcome outcome = order.stop(SavepointsVerb.state(definition, identity.as(job.parameters()), asked)
                .savepoints());
        Optional<String> savepoint = outcome.savepoint().map(LocalFolders::shown);
        if (outcome.end() != StopOrder.End.STOPPED) {
            savepoint.ifPresent(folder -> screen.progress("its state is in " + folder));
            return complained(outcome);
        }
        screen.result(definition.name() + " is stopped; "
                + savepoint
                        .map(folder -> "its state is in " + folder)
                        .orElse("where its savepoint is the cluster does not tell any more, `firn savepoints "
                                + arguments + "` does")
                + "\n");
        int tables = rollForward(file);
        screen.result("\nNext:  firn submit " + arguments + "\n");
        return tables;
    }

    private boolean mayStop(PipelineDefinition definition, RemoteJob job) {
        screen.progress(
                "the lake has no ledger `" + Planner.lakeNames(definition).ledger() + "`: either job " + job.id()
                        + " has lost it, or it is another's, of the same name");
        if (yes) {
            return true;
        }
        Optional<String> answer = screen.ask("Stop job " + job.id() + "? [y/N]");
        if (answer.filter(word -> word.equalsIgnoreCase("y") || word.equalsIgnoreCase("yes"))
                .isPresent()) {
            return true;
        }
        screen.progress(
                "firn: nothing was stopped" + (answer.isPresent() ? "" : "; without a terminal it needs `--yes`"));
        return false;
    }

    private int complained(StopOrder.Outcome outcome) {
        screen.progress("firn: " + outcome.complaint()
                + (outcome.end() == StopOrder.End.GOES_ON ? ". `--no-savepoint` ends it without one" : ""));
        return Launch.exitCode(outcome);
    }

    /** The job is over whatever comes of it, and the next start does it too. */
    private int rollForward(PipelineFile file) {
        return new LakeQuestion(screen, file).ask((definition, lake) -> {
            new OpenLines(forward(lake)).lines().forEach(line -> screen.result(line + "\n"));
            return ExitCode.DONE;
        });
    }

    private static List<RollForward.OpenTable> forward(Lake lake) {
        try {
            return new RollForward(lake).run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}

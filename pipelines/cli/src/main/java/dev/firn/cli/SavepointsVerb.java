package dev.firn.cli;

import dev.firn.cli.audit.AuditText;
import dev.firn.cli.cluster.Admission;
import dev.firn.cli.cluster.PipelineIdentity;
import dev.firn.cli.cluster.PipelineJob;
import dev.firn.cli.run.ClusterState;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.local.LocalFolders;
import dev.firn.flink.session.RemoteJob;
import dev.firn.flink.session.SessionCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what a pipeline on a cluster can go on from. */
@Command(
        name = "savepoints",
        description = {
            "Lists the savepoints and checkpoints of a pipeline on a Flink cluster, the newest first.",
            "They must be on this machine, or on a file system that it has mounted."
        },
        sortOptions = false,
        customSynopsis = "firn savepoints [--cluster URL] [--env NAME] FILE",
        footer = {
            "firn savepoints --cluster http://127.0.0.1:8081 orders.yaml",
            "firn savepoints --env prod orders.yaml"
        })
final class SavepointsVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    SavepointsVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        return new ClusterQuestion(screen, cluster, environment).ask(path, this::list);
    }

    private int list(PipelineFile file, PipelineDefinition definition, SessionCluster asked) throws Exception {
        return new SeenPipeline(screen).ask(file, definition, seen -> list(file, definition, asked, seen), unseen -> {
            screen.progress("firn: the catalog does not answer, and the pipeline's ledger there names its state");
            return ExitCode.OUTSIDE;
        });
    }

    private int list(PipelineFile file, PipelineDefinition definition, SessionCluster asked, PipelineIdentity identity)
            throws Exception {
        if (identity.ledger().isEmpty()) {
            screen.progress("firn: the pipeline has no ledger yet that can be looked at, and its state is named by it");
            return ExitCode.NO;
        }
        Optional<RemoteJob> job = new PipelineJob(asked, identity).running().map(found -> asked.job(found.id()));
        Optional<String> other = job.flatMap(found -> identity.otherState(found.parameters()));
        if (other.isPresent()) {
            screen.progress("firn: " + runsAs(definition, job.get(), other.get()));
            return ExitCode.FILE;
        }
        ClusterState state = state(definition, identity, asked);
        Optional<LocalFolders> folders = state.folders();
        if (folders.isEmpty()) {
            screen.progress("firn: `" + state.root() + "` can't be looked into from here");
            return ExitCode.OUTSIDE;
        }
        List<Path> states = folders.get().states();
        if (states.isEmpty()) {
            screen.progress("firn: there is no checkpoint and no savepoint under `" + state.root() + "`");
            return ExitCode.NO;
        }
        for (Path folder : states) {
            screen.result(line(folder) + "\n");
        }
        screen.result(
                "\nNext:  firn submit --resume " + states.get(0) + " " + cluster.repeated() + file.arguments() + "\n");
        return ExitCode.DONE;
    }

    /** Why a pipeline is not looked at: its state lies where another environment has it. */
    static String runsAs(PipelineDefinition definition, RemoteJob job, String state) {
        int at = state.indexOf('@');
        return "pipeline `" + definition.name() + "` runs there as `" + state + "`, as job " + job.id() + ": "
                + (at < 0 ? "ask without a project file" : "say `--env " + state.substring(at + 1) + "`");
    }

    static ClusterState state(PipelineDefinition definition, PipelineIdentity identity, SessionCluster asked)
            throws Exception {
        return Admission.to(asked).state(definition, identity, SystemReferences.ofThisProcess());
    }

    private static String line(Path folder) throws IOException {
        String kind = String.valueOf(folder.getFileName()).startsWith("chk-") ? "checkpoint" : "savepoint";
        return String.format(
                "  %-10s  %s UTC  %s",
                kind,
                AuditText.time(
                        Files.getLastModifiedTime(folder.resolve("_metadata")).toInstant()),
                folder);
    }
}

package dev.firn.cli;

import dev.firn.cli.run.Allowed;
import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands a pipeline to a Flink cluster. */
@Command(
        name = "submit",
        description = {
            "Runs a pipeline on a Flink session cluster: plans it, hands it over, waits until it runs.",
            "References such as ${secret:x} are looked up by the cluster's processes, and here for the plan."
        },
        sortOptions = false,
        customSynopsis = "firn submit [--cluster URL] [--resume FROM] [--allow CODE]... [--env NAME] FILE",
        footer = {"firn submit --cluster http://127.0.0.1:8081 orders.yaml", "firn submit --env prod orders.yaml"})
final class SubmitVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Option(
            names = "--resume",
            paramLabel = "state|ledger|none|FOLDER",
            converter = RunVerb.ResumeWord.class,
            description = {
                "What to go on from; by default the pipeline's newest checkpoint or savepoint on the cluster, else the"
                        + " ledger. FOLDER is one of a checkpoint or savepoint; none reads as if nothing had been read."
            })
    private Optional<ResumeFrom> resume = Optional.empty();

    @Option(
            names = "--allow",
            paramLabel = "CODE",
            converter = RunVerb.AllowedCode.class,
            description = "Goes on where it would lose or double rows; the codes are those of `firn run`.")
    private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    SubmitVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        RunOptions options = RunOptions.of(RunOptions.Until.STOPPED, resume.orElseGet(ResumeFrom.Newest::new), allowed);
        return new ClusterQuestion(screen, cluster, environment)
                .ask(path, (file, definition, asked) -> new SubmitSession(
                                screen, file, options, asked, cluster.repeated())
                        .submit(definition));
    }
}

package dev.firn.cli;

import dev.firn.cli.run.Allowed;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the file that a pipeline on a cluster runs by. */
@Command(
        name = "upgrade",
        description = {
            "Lets a pipeline on a Flink cluster go on by a file that was changed, and goes back where that does not run.",
            "Compares it with the plan of the job, stops that with a savepoint, submits the file, waits for a checkpoint."
        },
        sortOptions = false,
        customSynopsis = "firn upgrade [--back-to OLD] [--allow CODE]... [--yes] [--cluster URL] [--env NAME] FILE",
        footer = {
            "firn upgrade --cluster http://127.0.0.1:8081 orders.yaml",
            "firn upgrade --env prod --back-to orders.old.yaml orders.yaml"
        })
final class UpgradeVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file, as it is now.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--back-to",
            paramLabel = "OLD",
            description = {
                "The file that it runs by, in the same folder; it is looked at before anything is stopped, and submitted"
                        + " again where the new one is refused or its job ends before its first checkpoint."
            })
    private @Nullable Path backTo;

    @Option(
            names = "--allow",
            paramLabel = "CODE",
            converter = RunVerb.AllowedCode.class,
            description = "Goes on where it would lose or double rows; the codes are those of `firn run`.")
    private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    UpgradeVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        Optional<PipelineFile> old = Optional.ofNullable(backTo).map(environment::pipeline);
        if (backTo != null && !Objects.equals(folder(backTo), folder(path))) {
            screen.progress("firn: `--back-to` takes a file in the folder of " + path
                    + ": elsewhere it has another `firn.yaml`, and its paths lead elsewhere");
            return ExitCode.FILE;
        }
        return new ClusterQuestion(screen, cluster, environment)
                .ask(path, (file, definition, asked) -> new UpgradeSession(
                                screen, file, new UpgradeSession.Wishes(old, allowed, yes), asked, cluster.repeated())
                        .upgrade(definition));
    }

    private static @Nullable Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }
}

package dev.firn.cli;

import dev.firn.cli.cluster.JobList;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the pipelines of a cluster. */
@Command(
        name = "list",
        description = {
            "Lists the pipelines on a Flink cluster: those that run, and the last end of those that do not.",
            "The cluster is that of `firn.yaml` here or above, unless said."
        },
        sortOptions = false,
        customSynopsis = "firn list [--cluster URL] [--env NAME] [--format text|json]",
        footer = {"firn list --cluster http://127.0.0.1:8081", "firn list --env prod"})
final class ListVerb extends Verb {

    @Mixin
    private final ClusterArgument cluster = new ClusterArgument();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    ListVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        return new ClusterQuestion(screen, cluster, environment).ask(asked -> {
            JobList list = JobList.of(asked);
            screen.result(
                    format == Format.JSON
                            ? list.json()
                            : list.text(Instant.now(), cluster.repeated() + environment.repeated()));
            return ExitCode.DONE;
        });
    }
}

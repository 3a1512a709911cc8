package dev.firn.cli;

import dev.firn.cli.quarantine.StatsJson;
import dev.firn.cli.quarantine.StatsText;
import dev.firn.cli.quarantine.Waiting;
import dev.firn.plan.Planner;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts a pipeline's quarantined records; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "stats",
        description =
                "Counts a pipeline's quarantined records, by table and code: how many wait, and how many were put back.",
        sortOptions = false,
        customSynopsis =
                "firn quarantine stats [--code CODE]... [--table TABLE]... [--stream STREAM]... [--since TIME] [--env NAME]"
                        + " [--format text|json] FILE",
        footer = {"firn quarantine stats orders.yaml", "firn quarantine stats --since 2h --format json orders.yaml"})
final class QuarantineStatsVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final QuarantineArguments records = new QuarantineArguments();

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    QuarantineStatsVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = environment.pipeline(path);
        return new LakeQuestion(screen, file).ask((definition, lake) -> {
            Waiting waiting = new Waiting(Planner.lakeNames(definition).quarantine());
            lake.quarantined(records.selection(Instant.now(), Payload.LEFT), waiting::add);
            screen.result(
                    format == Format.JSON ? StatsJson.write(waiting) : StatsText.write(waiting, file.arguments()));
            return ExitCode.DONE;
        });
    }
}
